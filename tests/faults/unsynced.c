// Preloaded into a program, writes down every change it makes to the files of one folder and every sync of them, so that
// PowerLoss.cs can work out what a disk may hold once the power is gone; and makes writes and syncs fail on demand.
//
// A change is journalled before it is made, under one lock, so that the journal has the order in which the changes were
// made, and a process killed between the two has lost only what it had not been told was done. Changes go through as
// they are; syncs do not: the page cache outlives the process, so real ones would only take time.
//
//   TANSIQ_FAULT_DIR        the folder, absolute and without symbolic links
//   TANSIQ_FAULT_JOURNAL    the journal, outside of it; appended to
//   TANSIQ_FAULT_NO_SYNC    a disk that lies: syncs are answered with success and do nothing
//   TANSIQ_FAULT_FAIL_AT    number, from 1, of the write, truncation or sync that reports EIO ...
//   TANSIQ_FAULT_FAIL       ... "lost": not performed; "done": performed, yet reported as failed
//   TANSIQ_FAULT_FULL       while this file exists the disk is full: what needs another block reports ENOSPC
//
// Seen are the calls that SQLite and .NET make on paths that begin with the folder. Not seen: changes through mmap (SQLite
// makes them to -shm only, which is memory, and left out here), folders made or removed, copies within the kernel.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, CREATED, WRITTEN, LENGTH, SYNCED, SYNC_FAILED, FOLDER_SYNCED, REMOVED, RENAMED, LINKED, FAULT };
enum { BLOCK_BYTES = 4096 };

// What stands before each entry of the journal; `size` bytes follow.
struct header { uint64_t kind, file, offset, size; };

// A file of the folder, or the folder itself, as an operation finds it.
struct target { int watched, folder; uint64_t file; off_t length; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;
static const char *folder, *full;
static size_t folder_length;
static long fail_at, operations;
static int fail_lost, no_sync;

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("TANSIQ_FAULT_JOURNAL"), *at = getenv("TANSIQ_FAULT_FAIL_AT"), *how = getenv("TANSIQ_FAULT_FAIL");
  folder = getenv("TANSIQ_FAULT_DIR");
  full = getenv("TANSIQ_FAULT_FULL");
  no_sync = getenv("TANSIQ_FAULT_NO_SYNC") != NULL;
  fail_at = at ? atol(at) : 0;
  fail_lost = how && strcmp(how, "lost") == 0;
  if (!folder || !path) return;
  folder_length = strlen(folder);
  journal = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (journal < 0) abort();
}

static int is_within(const char *path) {
  size_t length = strlen(path);
  if (journal < 0) return 0;
  if (strncmp(path, folder, folder_length) != 0 || (path[folder_length] != '/' && path[folder_length] != '\0')) return 0;
  return !(length >= 4 && strcmp(path + length - 4, "-shm") == 0);
}

static void path_of(int fd, char path[PATH_MAX]) {
  char entry[64] = "/proc/self/fd/";
  char *end = entry + strlen(entry), digits[16];
  int count = 0;
  do digits[count++] = (char)('0' + fd % 10); while ((fd /= 10) > 0);
  while (count > 0) *end++ = digits[--count];
  *end = '\0';
  ssize_t length = readlink(entry, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
  char *gone = strstr(path, " (deleted)");
  if (gone) *gone = '\0';
}

static struct target target_of(int fd) {
  struct stat status;
  char path[PATH_MAX];
  struct target none = {0};
  if (journal < 0 || fd == journal || fstat(fd, &status) != 0) return none;
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return none;
  path_of(fd, path);
  return (struct target){is_within(path), S_ISDIR(status.st_mode), status.st_ino, status.st_size};
}

// One writev for an entry: a kill leaves it whole, or torn at the very end, where the reader stops.
static void note(uint64_t kind, uint64_t file, uint64_t offset, const void *bytes, size_t size) {
  struct header header = {kind, file, offset, size};
  struct iovec parts[2] = {{&header, sizeof header}, {(void *)bytes, size}};
  int before = errno;
  if (syscall(SYS_writev, journal, parts, 2) != (ssize_t)(sizeof header + size)) abort();
  errno = before;
}

// Counts an operation. 0: go on; 1: fail it without performing it; 2: perform it and report failure.
static int fault(uint64_t kind, uint64_t file) {
  if (++operations != fail_at) return 0;
  note(FAULT, file, kind, NULL, 0);
  return fail_lost ? 1 : 2;
}

static int failed(int error) {
  errno = error;
  return -1;
}

static int is_full(void) { return full && syscall(SYS_faccessat, AT_FDCWD, full, F_OK) == 0; }

// On a full disk the last block of a file can still be filled: how many of `size` bytes at `offset` have room.
static size_t room_for(struct target target, off_t offset, size_t size) {
  if (offset + (off_t)size <= target.length || !is_full()) return size;
  off_t end = (target.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  if (offset >= end) return 0;
  return offset + (off_t)size <= end ? size : (size_t)(end - offset);
}

static ssize_t write_at(int fd, struct target target, const void *bytes, size_t size, off_t offset) {
  int fate = fault(WRITTEN, target.file);
  if (fate == 1) return failed(EIO);
  size_t room = room_for(target, offset, size);
  if (room == 0 && size > 0) return failed(ENOSPC);
  note(WRITTEN, target.file, (uint64_t)offset, bytes, room);
  ssize_t written = syscall(SYS_pwrite64, fd, bytes, room, offset);
  return fate == 2 ? failed(EIO) : written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
  if (!target_of(fd).watched) return syscall(SYS_pwrite64, fd, bytes, size, offset);
  pthread_mutex_lock(&lock);
  ssize_t written = write_at(fd, target_of(fd), bytes, size, offset);
  pthread_mutex_unlock(&lock);
  return written;
}

ssize_t write(int fd, const void *bytes, size_t size) {
  if (!target_of(fd).watched) return syscall(SYS_write, fd, bytes, size);
  pthread_mutex_lock(&lock);
  struct target target = target_of(fd);
  int append = fcntl(fd, F_GETFL) & O_APPEND;
  off_t offset = append ? target.length : lseek(fd, 0, SEEK_CUR);
  ssize_t written = write_at(fd, target, bytes, size, offset);
  if (written > 0) lseek(fd, offset + written, SEEK_SET);
  pthread_mutex_unlock(&lock);
  return written;
}

// Of several buffers the first that holds anything: a short write, which every caller has to go on from.
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) {
  if (!target_of(fd).watched) return syscall(SYS_pwritev, fd, parts, count, offset, 0);
  while (count > 1 && parts->iov_len == 0) parts++, count--;
  return count > 0 ? pwrite64(fd, parts->iov_base, parts->iov_len, offset) : 0;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (!target_of(fd).watched) return syscall(SYS_writev, fd, parts, count);
  while (count > 1 && parts->iov_len == 0) parts++, count--;
  return count > 0 ? write(fd, parts->iov_base, parts->iov_len) : 0;
}

int ftruncate64(int fd, off_t length) {
  if (!target_of(fd).watched) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  struct target target = target_of(fd);
  int fate = fault(LENGTH, target.file), result = -1;
  if (fate != 1) {
    note(LENGTH, target.file, (uint64_t)length, NULL, 0);
    result = (int)syscall(SYS_ftruncate, fd, length);
  }
  pthread_mutex_unlock(&lock);
  return fate == 0 ? result : failed(EIO);
}

int fallocate64(int fd, int mode, off_t offset, off_t size) {
  struct target target = target_of(fd);
  if (!target.watched) return (int)syscall(SYS_fallocate, fd, mode, offset, size);
  // Whoever asks for room beforehand has to do without where the file system has no such call.
  return failed(is_full() ? ENOSPC : EOPNOTSUPP);
}

int fsync(int fd) {
  struct target target = target_of(fd);
  if (!target.watched) return (int)syscall(SYS_fsync, fd);
  pthread_mutex_lock(&lock);
  uint64_t kind = target.folder ? FOLDER_SYNCED : SYNCED;
  int fate = fault(kind, target.file);
  // SQLite passes over a folder's failed sync (os_unix.c, unixSync: not every system can do it) and relies on the file's own
  // sync next to it, which Linux's file systems extend to the name. So a folder's sync fails by its report alone.
  if (fate == 1 && target.folder) fate = 2;
  // Linux counts what a failed sync did not write as written: a later sync does not try it again.
  if (fate == 1) note(SYNC_FAILED, target.file, 0, NULL, 0);
  else if (!no_sync) note(kind, target.file, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return fate == 0 ? 0 : failed(EIO);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if (!is_within(path)) return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  pthread_mutex_lock(&lock);
  int existed = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  struct target target = fd >= 0 ? target_of(fd) : (struct target){0};
  if (target.watched && !target.folder) {
    char name[PATH_MAX];
    path_of(fd, name);
    note(existed ? OPENED : CREATED, target.file, 0, name, strlen(name));
    if (flags & O_TRUNC) note(LENGTH, target.file, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

// Makes one change to the folder's names and writes down both names; of a removed file the second is empty.
static int change_name(uint64_t kind, long call, const char *from, const char *to) {
  char names[2 * PATH_MAX];
  int length = snprintf(names, sizeof names, "%s%c%s", from, '\0', kind == REMOVED ? "" : to);
  pthread_mutex_lock(&lock);
  int result = (int)(kind == REMOVED ? syscall(call, AT_FDCWD, from, 0) : syscall(call, AT_FDCWD, from, AT_FDCWD, to, 0));
  if (result == 0 && is_within(from)) note(kind, 0, 0, names, (size_t)length);
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) { return change_name(REMOVED, SYS_unlinkat, path, NULL); }

int rename(const char *from, const char *to) { return change_name(RENAMED, SYS_renameat2, from, to); }

int link(const char *from, const char *to) { return change_name(LINKED, SYS_linkat, from, to); }

// The other names of the same functions.
int open(const char *path, int flags, ...) __attribute__((alias("open64")));
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) __attribute__((alias("pwrite64")));
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) __attribute__((alias("pwritev64")));
int ftruncate(int fd, off_t length) __attribute__((alias("ftruncate64")));
int fallocate(int fd, int mode, off_t offset, off_t size) __attribute__((alias("fallocate64")));
int fdatasync(int fd) __attribute__((alias("fsync")));
