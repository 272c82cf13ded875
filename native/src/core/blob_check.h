// Tells whole blobs from damaged ones without keeping what is in them.
#ifndef STILLFRAME_CORE_BLOB_CHECK_H_
#define STILLFRAME_CORE_BLOB_CHECK_H_

#include <vector>

#include "core/blob_cipher.h"
#include "core/sha256.h"

namespace stillframe::core {

// A sealed blob at `offset` of a buffer.
struct StoredBlob {
  Id id;
  uint32_t offset = 0;
  uint32_t length = 0;
  // Plain length, or 0 where stored uncompressed.
  uint32_t uncompressed_length = 0;
};

// Indexes of the blobs whose MAC, zstd frame, length or SHA-256 is wrong, ascending. All lie within `buffer`.
std::vector<uint32_t> DamagedBlobs(const MasterKey& key, ConstBytes buffer, const std::vector<StoredBlob>& blobs);

}  // namespace stillframe::core

#endif  // STILLFRAME_CORE_BLOB_CHECK_H_
