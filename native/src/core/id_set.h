// Sets of blob ids that stay compact with millions of members.
#ifndef STILLFRAME_CORE_ID_SET_H_
#define STILLFRAME_CORE_ID_SET_H_

#include <array>
#include <mutex>
#include <vector>

#include "core/sha256.h"

namespace stillframe::core {

// Open addressing with linear probing over 32-bit positions into one flat list: 32 bytes an id plus at most 8. Ids are
// SHA-256 values, so their first bytes serve as the hash. Not for use by several threads while it changes.
class IdSet {
 public:
  IdSet() = default;
  // All of `ids`, a concatenation of whole ids; repeated ones count once.
  explicit IdSet(ConstBytes ids);

  // False if it was a member already.
  bool Insert(const Id& id);
  bool Contains(const Id& id) const;
  size_t size() const { return members_.size(); }

 private:
  // The slot of `id`, or the empty slot where it belongs.
  size_t Find(const Id& id) const;
  void Grow(size_t slots);

  std::vector<Id> members_;
  // Position + 1 in `members_`; 0 is empty. A power of two, at most half full.
  std::vector<uint32_t> slots_;
};

// A set for several threads at once: ids are spread over shards with a lock each.
class SharedIdSet {
 public:
  // False if it was a member already.
  bool Insert(const Id& id);

 private:
  struct alignas(64) Shard {
    std::mutex mutex;
    IdSet ids;
  };
  std::array<Shard, 64> shards_;
};

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_ID_SET_H_
