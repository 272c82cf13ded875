// Clones of files that share their blocks (FICLONE of ioctl_ficlone(2)), and where the blocks of a file are (FIEMAP).
#ifndef STILLFRAME_LINUX_REFLINK_H_
#define STILLFRAME_LINUX_REFLINK_H_

#include <string>
#include <vector>

namespace stillframe::platform {

// Makes `target` (mode 0600), which must not exist, a clone of the regular file `source`: all of it as of one moment.
// Throws errno errors: EEXIST; EOPNOTSUPP, EXDEV or EINVAL where the two cannot share blocks. Leaves no file then.
void CloneFile(const std::string& source, const std::string& target);

// Finds out whether `source` can be cloned into its folder: the first blocks of it are, into a file without a name.
// Throws as `CloneFile`.
void ProbeClone(const std::string& source, const std::string& folder);

// Extents of a file in file order, four numbers each: logical offset, physical offset, length (bytes), FIEMAP flags.
// What lies in memory only is written out first. Throws errno errors, `E2BIG` beyond `most` extents.
std::vector<double> FileExtents(const std::string& path, size_t most);

}  // namespace stillframe::platform

#endif  // STILLFRAME_LINUX_REFLINK_H_
