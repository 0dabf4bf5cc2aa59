// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace patchbot {

struct FileCloser {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

/// A file that appears under its name whole or not at all: written beside it, synced, renamed.
/// Without commit() nothing is left behind, also when a signal ends the program (see
/// remove_unfinished_files_on_signal). A failure throws Error(usage): the user named the place.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  void write(std::string_view text);
  std::FILE* handle() { return file_.get(); }
  void commit();

 private:
  void open_in_place();
  void open_beside();
  [[noreturn]] void fail(const std::string& what) const;

  std::filesystem::path path_;
  std::string temporary_;     ///< empty for what is written in place
  std::vector<char> buffer_;  // outlives the file that uses it
  FileHandle file_;
};

/// A file without a name in $TMPDIR (else /tmp), gone when it is closed. Throws Error(usage).
FileHandle open_unnamed_file();

/// Writes the whole text, or throws and leaves what was there before.
void write_file(const std::filesystem::path& path, std::string_view text);

/// On SIGINT, SIGTERM, SIGHUP and SIGPIPE: removes the unfinished files of this process, then
/// re-raises.
void remove_unfinished_files_on_signal();

}  // namespace patchbot
