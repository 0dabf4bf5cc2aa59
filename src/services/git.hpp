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
  enum class Kind : std::uint8_t { file, link, submodule };

  std::string path;  ///< from the folder that was asked
  std::string blob;  ///< the id of its content
  Kind kind = Kind::file;
};

/// A file that differs between two commits. Of what was added or removed, one side is empty.
struct GitChange {
  GitFile before;
  GitFile after;
};

struct GitBranch {
  std::string name;  ///< "origin/bump-web", "main"
  std::string commit;
  std::optional<Time> time;  ///< of its last commit
};

/// A repository on this machine, read by the program git, as objects: nothing in it is checked out
/// or executed, and nothing is fetched. All calls throw Error(usage) where git is missing or
/// refuses, with what it says.
class GitRepository {
 public:
  /// Any folder of the working tree; paths are from there, and what lies above is left out.
  explicit GitRepository(std::string folder);

  /// The id of the commit that a name means. A clone that is too shallow for it is said to be so. A
  /// name that is both a tag's and a branch's is refused: anybody may have made the tag.
  std::string commit(const std::string& revision) const;

  /// Whether the name means a commit.
  bool has(const std::string& revision) const;

  /// What a name of a branch is short for, as "refs/remotes/origin/main" is for "origin/HEAD";
  /// empty if it is for nothing.
  std::string full_name(const std::string& branch) const;

  /// The folder of the whole working tree.
  std::string top() const;

  /// Where two commits parted; none if they have no common past, or the clone does not know it.
  std::optional<std::string> merge_base(const std::string& one, const std::string& other) const;

  /// Whether the clone ends somewhere in the past.
  bool is_shallow() const;

  /// Local branches and those of remotes, the ones that changed last first.
  std::vector<GitBranch> branches() const;

  std::vector<GitChange> changes(const std::string& base, const std::string& head) const;

  /// All plain files; no links and no submodules.
  std::vector<GitFile> files(const std::string& commit) const;

  /// What the working tree holds but for what git is to ignore: paths that it tracks, and new ones.
  std::vector<std::string> working_files() const;

  /// The content of a file at a revision such as "<commit>^"; none if it is not there, or larger
  /// than `most` bytes.
  std::optional<std::string> content_at(const std::string& revision,
                                        const std::string& path,
                                        std::size_t most) const;

  /// The content of each blob; none for those larger than `most` bytes. Throws Error(input) if all
  /// together are larger than 256 MiB.
  std::map<std::string, std::optional<std::string>> contents(const std::vector<std::string>& blobs,
                                                             std::size_t most) const;

  /// A commit of a branch, or the merge that brought it there.
  struct Moment {
    Time time;
    std::string commit;
  };

  /// When the branch that ends with `commit` changed a line with `text` (letters, digits and
  /// hyphens) in a file whose name ends with one of `endings`, the newest first, by path.
  std::map<std::string, std::vector<Moment>> changes_of(
      const std::string& pattern,
      const std::string& commit,
      const std::vector<std::string>& endings) const;

 private:
  void check_unambiguous(const std::string& asked) const;
  std::string git(const std::vector<std::string>& arguments, std::string_view input = {}) const;

  std::string folder_;
};

}  // namespace patchbot
