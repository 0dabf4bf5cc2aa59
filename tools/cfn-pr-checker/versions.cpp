// SPDX-License-Identifier: Apache-2.0
#include "versions.hpp"

#include <filesystem>
#include <set>

#include "base/parse_file.hpp"
#include "base/utf8.hpp"
#include "git_history.hpp"
#include "other_names.hpp"
#include "templates/parameter_file.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr const char* too_large = "is larger than 64 MiB; CloudFormation takes 1 MB";
constexpr const char* config_name = "patchbot.yaml";

bool is_path(const std::string& text) {
  std::error_code error;
  return fs::exists(text, error);
}

bool is_known_revision(const std::string& name) {
  try {
    return GitRepository(".").has(name);
  } catch (const Error&) {
    return false;  // without git nothing is one
  }
}

// A folder of a pull request must not take the place of the branch that it is compared with.
void check_meaning(const std::string& name) {
  const bool is_plainly_path = name.empty() || name.starts_with('.') || name.starts_with('/');
  if (is_plainly_path || !is_path(name) || !is_known_revision(name)) return;
  throw Error(Blame::usage,
              clean_line(name) + " is a revision, and a file or folder too; write ./" +
                  clean_line(name) + " for that, or the whole name of the revision (refs/...)");
}

// Files by their path; one that is too large for a template is one that is broken. `moved` says
// what they are called in this version, where that is something else.
TemplateFiles read_blobs(const GitRepository& repository,
                         const std::vector<GitFile>& files,
                         KeepBytes keep,
                         const std::map<std::string, std::string>& moved = {}) {
  std::vector<std::string> blobs;
  blobs.reserve(files.size());
  for (const GitFile& file : files) blobs.push_back(file.blob);
  const auto contents = repository.contents(blobs, most_file_bytes);
  TemplateFiles read;
  for (const GitFile& file : files) {
    const auto& bytes = contents.at(file.blob);
    const auto other = moved.find(file.path);
    const std::string& name = other == moved.end() ? file.path : other->second;
    read.emplace(
        file.path,
        bytes ? to_template_file(name, *bytes, keep) : unread_file({Blame::input, too_large}));
  }
  return read;
}

std::optional<std::string> config_of(const GitRepository& repository, const std::string& commit) {
  for (const GitFile& file : repository.files(commit)) {
    if (file.path != config_name) continue;
    const auto contents = repository.contents({file.blob}, most_file_bytes);
    return contents.begin()->second;
  }
  return std::nullopt;
}

void add_target(Versions& versions, const GitRepository& repository, const std::string& commit) {
  versions.config = config_of(repository, commit);
  add_history(versions, repository, commit);
}

constexpr const char* is_link =
    "is, or was, a symbolic link: it is not followed, so nobody knows what changes";

/// Sorts what differs between two commits.
class Differences {
 public:
  Differences(Versions& versions) : versions_(versions) {}

  void add(const GitChange& change) {
    using Kind = GitFile::Kind;
    const GitFile& now = change.after.path.empty() ? change.before : change.after;
    const auto is_a = [&](Kind kind) {
      return change.before.kind == kind || change.after.kind == kind;
    };
    if (is_a(Kind::submodule)) {
      versions_.unseen.push_back(clean_line(now.path) + ": a submodule, into which nobody looked");
    }
    if (is_a(Kind::submodule)) return;
    const bool may_be = may_be_template(change.before.path) || may_be_template(change.after.path);
    if (is_a(Kind::link)) return add_link(change, now.path, may_be);
    if (!may_be && change.before.path.empty()) added.push_back(change.after);
    if (!may_be) return;
    add_files(change, now.path);
  }

  std::vector<GitFile> before;
  std::vector<GitFile> after;
  std::vector<GitFile> added;  ///< new ones with names that templates do not have

 private:
  // A link to a folder has any name. One that goes hides nothing.
  void add_link(const GitChange& change, const std::string& name, bool may_be_one) {
    if (change.after.path.empty()) return;
    if (may_be_one) {
      versions_.head.emplace(name, unread_file({Blame::input, is_link}));
    } else {
      versions_.unseen.push_back(clean_line(name) + ": a symbolic link, which was not followed");
    }
  }

  // A file that moved is compared with what it was.
  void add_files(const GitChange& change, const std::string& name) {
    if (!change.before.path.empty()) before.push_back({name, change.before.blob});
    if (!change.after.path.empty()) after.push_back(change.after);
    const bool is_moved = !change.before.path.empty() && change.before.path != name;
    if (is_moved) versions_.moved.emplace(name, change.before.path);
  }

  Versions& versions_;
};

void look_behind_names(Versions& versions,
                       const GitRepository& repository,
                       const std::vector<GitFile>& added) {
  std::vector<std::string> paths;
  std::map<std::string, std::string> blobs;
  for (const GitFile& file : added) {
    paths.push_back(file.path);
    blobs.emplace(file.path, file.blob);
  }
  tell_other_names(versions, paths, [&](const std::string& path) {
    return repository.contents({blobs.at(path)}, most_template_bytes).begin()->second;
  });
}

Versions of_revisions(const std::string& base, const std::string& head, KeepBytes keep) {
  const GitRepository repository(GitRepository(".").top());
  const std::string target = repository.commit(base);
  const std::string source = repository.commit(head);
  const auto parted = repository.merge_base(target, source);
  Versions versions;
  Differences differences(versions);
  for (const GitChange& change : repository.changes(parted.value_or(target), source)) {
    differences.add(change);
  }
  versions.base = read_blobs(repository, differences.before, keep, versions.moved);
  versions.head.merge(read_blobs(repository, differences.after, keep));
  look_behind_names(versions, repository, differences.added);
  versions.are_differences = true;
  add_target(versions, repository, target);
  return versions;
}

// What a folder holds under names that templates do not have, without what is there before.
void look_behind_names(Versions& versions,
                       const fs::path& folder,
                       const std::vector<std::string>& paths,
                       const std::set<std::string>& before) {
  std::vector<std::string> added;
  for (const std::string& path : paths) {
    const fs::path place = folder / path;
    std::error_code ignored;
    const bool is_plain = !fs::is_symlink(place, ignored) && fs::is_regular_file(place, ignored);
    const bool is_small = is_plain && fs::file_size(place, ignored) <= most_template_bytes;
    if (is_small && !may_be_template(path) && !before.contains(path)) added.push_back(path);
  }
  tell_other_names(versions, added, [&](const std::string& path) {
    return std::optional(read_all(*open_file((folder / path).string()), most_template_bytes));
  });
}

// Of a folder in a repository: neither what git ignores nor what belongs to nobody; and links and
// submodules, which are not followed.
void settle_working_files(Versions& versions, const std::string& top, const std::string& below) {
  const std::vector<std::string> listed = GitRepository(top).working_files();
  const std::set<std::string> known(listed.begin(), listed.end());
  std::erase_if(versions.head, [&](const auto& file) { return !known.contains(file.first); });
  for (const std::string& path : listed) {
    if (!path.starts_with(below)) continue;
    const fs::path place = fs::path(top) / path;
    std::error_code ignored;
    const bool is_a_link = fs::is_symlink(place, ignored);
    if (is_a_link && may_be_template(path)) {
      versions.head.insert_or_assign(path, unread_file({Blame::input, is_link}));
    } else if (is_a_link || fs::is_directory(place, ignored)) {
      versions.unseen.push_back(clean_line(path) + ": a symbolic link or submodule, not followed");
    }
  }
}

// "infra/" of the repository's top; empty for the top itself.
std::string place_below(const std::string& top, const std::string& folder) {
  std::error_code ignored;
  const fs::path place = fs::weakly_canonical(folder, ignored).lexically_relative(top);
  return place.empty() || place == "." ? std::string() : place.string() + "/";
}

Versions of_working_tree(const std::string& base, const std::string& folder, KeepBytes keep) {
  if (!fs::is_directory(folder)) {
    throw Error(
        Blame::usage,
        "--base " + clean_line(base) + " is a revision, so --head must be one, or a folder");
  }
  const std::string top = GitRepository(folder).top();
  const std::string below = place_below(top, folder);
  const GitRepository repository(top);
  const std::string target = repository.commit(base);
  const auto parted = repository.merge_base(target, repository.commit("HEAD"));
  std::vector<GitFile> files = repository.files(parted.value_or(target));
  std::set<std::string> before;
  for (const GitFile& file : files) before.insert(file.path);
  std::erase_if(files, [&](const GitFile& file) {
    return !may_be_template(file.path) || !file.path.starts_with(below);
  });
  Versions versions;
  versions.base = read_blobs(repository, files, keep);
  for (auto& [path, file] : read_templates(folder, keep)) {
    versions.head.emplace(below + path, std::move(file));
  }
  settle_working_files(versions, top, below);
  if (has_lost_one(versions)) {
    std::vector<std::string> now = repository.working_files();
    std::erase_if(now, [&](const std::string& path) { return !path.starts_with(below); });
    look_behind_names(versions, top, now, before);
  }
  add_target(versions, repository, target);
  return versions;
}

Versions of_paths(const std::string& base, const std::string& head, KeepBytes keep) {
  Versions versions;
  if (!base.empty()) versions.base = read_templates(base, keep);
  versions.head = read_templates(head, keep);
  if (!base.empty() && versions.base.contains("") != versions.head.contains("")) {
    throw Error(Blame::usage, "--base and --head must both be files, or both folders");
  }
  if (fs::is_directory(base) && has_lost_one(versions)) {
    const std::vector<std::string> before = other_files(base);
    look_behind_names(versions, head, other_files(head), {before.begin(), before.end()});
  }
  const fs::path config = fs::path(base) / config_name;
  if (!base.empty() && fs::is_regular_file(config) && !fs::is_symlink(config)) {
    versions.config = read_all(*open_file(config.string()), most_file_bytes);
  }
  versions.without_history = "files have no past; name revisions of git";
  return versions;
}

// Whether it was production's before, only its new place says; its AMIs may be as they were.
void tell_unknown_past(Versions& versions,
                       const std::string& now,
                       const std::string& before,
                       const TemplateScope& from,
                       const TemplateScope& to) {
  const bool is_known = !versions.base.contains(now) || from.environment == to.environment;
  if (is_known || to.environment != "production") return;
  versions.unseen.push_back("staging-first: " + clean_line(now) + " was " + clean_line(before) +
                            ", of no known environment: whether AMIs in it that stay as they were "
                            "are new to production");
}

}  // namespace

void add_history(Versions& versions, const GitRepository& repository, const std::string& commit) {
  if (repository.is_shallow()) {
    versions.without_history = "the clone is shallow, so it does not know the past of the branch";
  } else {
    versions.history = std::make_unique<GitHistory>(repository, commit);
  }
}

void part_moved(Versions& versions, const Scopes& scopes) {
  for (const auto& [now, before] : versions.moved) {
    const TemplateScope from = scopes.of(before);
    const TemplateScope to = scopes.of(now);
    const bool may_be_of_one = may_be_one(from.environment, to.environment) &&
                               may_be_one(from.service, to.service) &&
                               may_be_one(from.account, to.account);
    if (may_be_of_one) {
      tell_unknown_past(versions, now, before, from, to);
      continue;
    }
    auto file = versions.base.extract(now);
    if (file.empty()) continue;
    file.key() = before;
    versions.base.insert(std::move(file));
  }
}

Versions read_versions(const std::string& base, const std::string& head, KeepBytes keep) {
  for (const std::string& name : {base, head}) check_meaning(name);
  const bool base_is_path = base.empty() || is_path(base);
  if (is_path(head))
    return base_is_path ? of_paths(base, head, keep) : of_working_tree(base, head, keep);
  if (!base.empty() && base_is_path) {
    throw Error(Blame::usage, clean_line(head) + " is no file and no folder, but --base is one");
  }
  if (base.empty()) throw Error(Blame::usage, "--head is a revision, so --base must name one");
  return of_revisions(base, head, keep);
}

}  // namespace patchbot
