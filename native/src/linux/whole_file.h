// Reading and durably writing ordinary files (packs, mostly).
#ifndef STILLFRAME_LINUX_WHOLE_FILE_H_
#define STILLFRAME_LINUX_WHOLE_FILE_H_

#include <string>

#include "core/bytes.h"

namespace stillframe::platform {

// Creates `path` (mode 0600) with exactly `bytes` and returns once they are on the medium. Throws errno errors,
// `EEXIST` among them; whatever fails after the file was created removes it again.
void WriteNewFile(const std::string& path, core::ConstBytes bytes);

// Fills `out` from `offset` on; `EOF_EARLY` if the file ends before.
void ReadFileRange(const std::string& path, uint64_t offset, core::Bytes out);

// FITHAW on the file system mounted at `mount_point`. Throws `EINVAL` where it is not frozen.
void Thaw(const std::string& mount_point);

}  // namespace stillframe::platform

#endif  // STILLFRAME_LINUX_WHOLE_FILE_H_
