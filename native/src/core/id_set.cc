#include "core/id_set.h"

#include <bit>
#include <cstring>
#include <stdexcept>

namespace stillframe::core {
namespace {

constexpr size_t kMinSlots = 16;

size_t HashOf(const Id& id) {
  uint64_t hash;
  std::memcpy(&hash, id.data(), sizeof hash);
  return hash;
}

}  // namespace

IdSet::IdSet(ConstBytes ids) {
  const size_t count = ids.size() / kIdBytes;
  members_.reserve(count);
  Grow(std::bit_ceil(std::max(kMinSlots, count * 2)));
  for (size_t i = 0; i < count; ++i) Insert(LoadId(ids.data() + i * kIdBytes));
}

bool IdSet::Insert(const Id& id) {
  if ((members_.size() + 1) * 2 > slots_.size()) Grow(std::max(kMinSlots, slots_.size() * 2));
  const size_t slot = Find(id);
  if (slots_[slot] != 0) return false;
  if (members_.size() >= UINT32_MAX) throw std::length_error("too many blob ids");
  members_.push_back(id);
  slots_[slot] = static_cast<uint32_t>(members_.size());
  return true;
}

bool IdSet::Contains(const Id& id) const { return !slots_.empty() && slots_[Find(id)] != 0; }

size_t IdSet::Find(const Id& id) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = HashOf(id) & mask;
  while (slots_[slot] != 0 && members_[slots_[slot] - 1] != id) slot = (slot + 1) & mask;
  return slot;
}

void IdSet::Grow(size_t slots) {
  slots_.assign(slots, 0);
  for (size_t i = 0; i < members_.size(); ++i) slots_[Find(members_[i])] = static_cast<uint32_t>(i + 1);
}

bool SharedIdSet::Insert(const Id& id) {
  // The last byte: the first ones choose the slot within the shard.
  Shard& shard = shards_[id[kIdBytes - 1] % shards_.size()];
  const std::lock_guard lock(shard.mutex);
  return shard.ids.Insert(id);
}

}  // namespace stillframe::core
