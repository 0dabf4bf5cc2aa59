// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace patchbot {

/// A file of a commit.
struct GitFile {
  std::string path;  ///< from the folder that was asked
  std::string blob;  ///< the id of its content
};

/// A file that differs between two commits. Of what was added or removed, one side is empty.
struct GitChange {
  GitFile before;
  GitFile after;
};

/// A repository on this machine, read by the program git, as objects: nothing in it is checked out
/// or executed, and nothing is fetched. Symbolic links and submodules count as not there. All calls
/// throw Error(usage) where git is missing or refuses, with what it says.
class GitRepository {
 public:
  /// Any folder of the working tree; paths are from there, and what lies above is left out.
  explicit GitRepository(std::string folder);

  /// The id of the commit that a name means. A clone that is too shallow for it is said to be so.
  std::string commit(const std::string& revision) const;

  /// Where two commits parted; none if they have no common past, or the clone does not know it.
  std::optional<std::string> merge_base(const std::string& one, const std::string& other) const;

  /// Whether the clone ends somewhere in the past.
  bool is_shallow() const;

  std::vector<GitChange> changes(const std::string& base, const std::string& head) const;
  std::vector<GitFile> files(const std::string& commit) const;

  /// The content of each blob; none for those larger than `most` bytes. Throws Error(input) if all
  /// together are larger than 256 MiB.
  std::map<std::string, std::optional<std::string>> contents(const std::vector<std::string>& blobs,
                                                             std::size_t most) const;

  /// The files of a commit whose text holds `text`, which is taken as it stands.
  std::vector<std::string> files_with(const std::string& commit, const std::string& text) const;

  /// When the branch that ends with `commit` changed how often `text` stands in a file whose name
  /// ends with one of `endings`: the times of its commits, or of the merges that brought them, the
  /// newest first, by path.
  std::map<std::string, std::vector<Time>> changes_of(
      const std::string& text,
      const std::string& commit,
      const std::vector<std::string>& endings) const;

 private:
  std::string git(const std::vector<std::string>& arguments, std::string_view input = {}) const;

  std::string folder_;
};

}  // namespace patchbot
