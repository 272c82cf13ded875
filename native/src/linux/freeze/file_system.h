// The file system that is to stand still: opened once, told apart by its device number.
#ifndef STILLFRAME_LINUX_FREEZE_FILE_SYSTEM_H_
#define STILLFRAME_LINUX_FREEZE_FILE_SYSTEM_H_

#include <cstdint>

namespace stillframe::freeze {

// All functions return 0 or an errno, and none of them allocates memory: they are used while writers wait.
class FileSystem {
 public:
  // Opens a folder on it, and closes what was inherited beside the standard streams; ESTALE where the folder has
  // another `st_dev`.
  int Open(const char* folder, uint64_t device);
  // Writes out what is dirty while nobody has to wait for it yet.
  void Flush() const;
  // EINPROGRESS where btrfs is being scrubbed: the freeze would wait for the end of that, and every writer with it.
  int WhyNotNow() const;
  // FIFREEZE. EBUSY: frozen already. EOPNOTSUPP: cannot be frozen.
  int Freeze() const;
  // FITHAW. EINVAL: was not frozen.
  int Thaw() const;
  // From here on it can be unmounted. Done before the standard output closes, which tells the engine of the end.
  void Close();

 private:
  int fd_ = -1;
};

}  // namespace stillframe::freeze

#endif  // STILLFRAME_LINUX_FREEZE_FILE_SYSTEM_H_
