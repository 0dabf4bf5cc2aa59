// SPDX-License-Identifier: Apache-2.0
#include "from_host.hpp"

#include <mutex>
#include <set>
#include <vector>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "formats/odd_content.hpp"
#include "other_names.hpp"
#include "template_files.hpp"

namespace patchbot {
namespace {

// Something with the name of a template that nobody can look into must not pass.
constexpr const char* too_large = "larger than 4 MiB; CloudFormation takes 1 MB";
constexpr const char* ask_again =
    ", and does not confirm that it is; if it is, remove it or give it another ending, else ask "
    "again";
constexpr std::size_t at_once = 8;  // well below what any of the hosts allows

/// One version of one file, to be asked for.
struct Wanted {
  std::string name;
  const FileVersion* version;
  TemplateFiles* files;
};

bool concerns_us(const ChangedFile& file) {
  return (file.before && may_be_template(file.before->path)) ||
         (file.after && may_be_template(file.after->path));
}

// Of the target branch as it is now: what a pull request brings does not judge it.
std::optional<std::string> fetch_config(PullRequestHost& host) {
  FileVersion file{"patchbot.yaml", host.info().base, host.info().target, {}};
  file.may_lack = true;
  auto text = host.content(file);
  if (!text) throw Error(Blame::usage, "patchbot.yaml of the target branch is larger than 4 MiB");
  return text->empty() ? std::nullopt : text;
}

// The host tells only what changes; in Jenkins there is a clone as well.
void add_past(Versions& versions, const std::string& commit) {
  versions.without_history = "this folder is no clone that has the target branch";
  try {
    const GitRepository repository(GitRepository(".").top());
    if (repository.commit(commit) != commit) return;
    add_history(versions, repository, commit);
  } catch (const Error&) {
    return;  // which the output says
  }
}

std::vector<Wanted> wanted_of(const std::vector<ChangedFile>& changed, Versions& versions) {
  std::vector<Wanted> wanted;
  std::set<std::string> names;
  for (const ChangedFile& file : changed) {
    if (!concerns_us(file)) continue;
    const std::string& name = file.after ? file.after->path : file.before->path;
    if (!names.insert(name).second) {
      throw Error(Blame::remote,
                  "the host lists " + clean_line(name) + " twice, and may lack another");
    }
    if (file.before && file.before->path != name) versions.moved.emplace(name, file.before->path);
    if (file.before) wanted.push_back({name, &*file.before, &versions.base});
    if (file.after) wanted.push_back({name, &*file.after, &versions.head});
  }
  if (wanted.size() > 2 * most_files) {
    throw Error(Blame::input, "the pull request changes more than 20,000 files");
  }
  return wanted;
}

// Answers of an API in the place of a file must not pass for a file that is no template.
TemplateFile fetched(PullRequestHost& host, const FileVersion& version, KeepBytes keep) {
  const auto bytes = host.content(version);
  if (!bytes) return unread_file({Blame::input, too_large});
  const std::string_view odd = oddity_of(*bytes);
  if (!odd.empty() && !host.confirms(version, *bytes)) {
    return unread_file({Blame::input, "is not checked: " + std::string(odd) + ask_again});
  }
  return to_template_file(version.path, *bytes, keep);
}

// By the names that the host lists: of a pull request that moves a template out of sight.
void look_behind_names(Versions& versions,
                       PullRequestHost& host,
                       const std::vector<ChangedFile>& changed) {
  std::vector<std::string> paths;
  std::map<std::string, const FileVersion*> added;
  for (const ChangedFile& file : changed) {
    if (file.before || !file.after || concerns_us(file)) continue;
    paths.push_back(file.after->path);
    added.emplace(file.after->path, &*file.after);
  }
  tell_other_names(
      versions, paths, [&](const std::string& path) { return host.content(*added.at(path)); });
}

}  // namespace

Versions fetch_versions(PullRequestHost& host, KeepBytes keep) {
  Versions versions;
  versions.are_differences = true;
  add_past(versions, host.info().base);
  versions.config = fetch_config(host);
  const std::vector<ChangedFile> changed = host.changed_files();
  const std::vector<Wanted> wanted = wanted_of(changed, versions);
  std::mutex mutex;
  std::size_t values = 0;
  in_parallel(wanted.size(), at_once, [&](std::size_t i) {
    TemplateFile file = fetched(host, *wanted[i].version, keep);
    const std::size_t count = file.read ? file.read->root.count() : 0;
    const std::lock_guard lock(mutex);
    values += count;
    if (values > 2 * most_values) {
      throw Error(Blame::input, "the changed files hold more than 2,000,000 values");
    }
    wanted[i].files->insert_or_assign(wanted[i].name, std::move(file));
  });
  look_behind_names(versions, host, changed);
  host.check_unchanged();
  return versions;
}

}  // namespace patchbot
