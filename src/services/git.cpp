// SPDX-License-Identifier: Apache-2.0
#include "services/git.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_bytes = std::size_t{256} * 1024 * 1024;

enum class Pathspecs : std::uint8_t { literal, globs };

ProcessResult run_git(const std::string& folder,
                      const std::vector<std::string>& arguments,
                      std::string_view input,
                      Pathspecs pathspecs = Pathspecs::literal) {
  // Replaced objects would show something else than the host does.
  std::vector<std::string> command{"git", "--no-replace-objects", "-c", "color.ui=false"};
  if (pathspecs == Pathspecs::literal) command.emplace_back("--literal-pathspecs");
  command.insert(command.end(), {"-C", folder});
  command.insert(command.end(), arguments.begin(), arguments.end());
  ProcessLimits limits;
  limits.timeout = std::chrono::minutes(5);
  limits.max_output = most_bytes + std::size_t{1024} * 1024;
  try {
    ProcessPlace place;
    place.input = input;
    return run_program(command, limits, place);
  } catch (const Error& error) {
    throw Error(Blame::usage,
                "git " + arguments.front() + ": " + error.what() +
                    "; revisions need the program git, files do not");
  }
}

[[noreturn]] void fail(const std::vector<std::string>& arguments, const ProcessResult& result) {
  throw Error(Blame::usage,
              "git " + arguments.front() +
                  " failed: " + std::string(cut_utf8(clean_line(trim(result.errors)), 500)));
}

std::string run_or_fail(const std::string& folder,
                        const std::vector<std::string>& arguments,
                        Pathspecs pathspecs) {
  ProcessResult result = run_git(folder, arguments, {}, pathspecs);
  if (result.exit_code != 0) fail(arguments, result);
  return std::move(result.output);
}

// What git takes a name for, if that is a commit.
ProcessResult resolve(const std::string& folder, const std::string& revision) {
  return run_git(
      folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"}, {});
}

bool is_plain_file(std::string_view mode) { return mode.starts_with("100"); }

bool is_object_id(std::string_view text) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return (text.size() == 40 || text.size() == 64) && std::all_of(text.begin(), text.end(), is_hex);
}

// ":100644 100644 1234... 5678... M"
struct RawHead {
  std::string_view mode_before, mode_after, before, after, status;
};

RawHead raw_head(std::string_view text) {
  const auto words = split(text, ' ');
  if (words.size() != 5 || !text.starts_with(':')) return {};
  return {words[0].substr(1), words[1], words[2], words[3], words[4]};
}

GitFile side(std::string_view mode, std::string_view blob, std::string_view path) {
  using Kind = GitFile::Kind;
  if (mode.empty() || mode == "000000") return {};
  const Kind kind = is_plain_file(mode) ? Kind::file
                    : mode == "160000"  ? Kind::submodule
                                        : Kind::link;
  return {std::string(path), std::string(blob), kind};
}

}  // namespace

GitRepository::GitRepository(std::string folder) : folder_(std::move(folder)) {}

std::string GitRepository::git(const std::vector<std::string>& arguments,
                               std::string_view input) const {
  ProcessResult result = run_git(folder_, arguments, input);
  if (result.exit_code != 0) fail(arguments, result);
  return std::move(result.output);
}

std::string GitRepository::commit(const std::string& revision) const {
  const ProcessResult result = resolve(folder_, revision);
  std::string id(trim(result.output));
  if (result.exit_code == 0 && is_object_id(id)) {
    check_unambiguous(revision);
    return id;
  }
  std::string why = clean_line(trim(result.errors));
  if (why.empty()) why = "no file, no folder and no revision has this name";
  if (result.exit_code != 128 && is_shallow()) {
    why += "; the clone is shallow, git fetch brings more";
  }
  throw Error(Blame::usage, clean_line(revision) + ": " + std::string(cut_utf8(why, 500)));
}

// git takes the tag, and anybody who may push can make one.
void GitRepository::check_unambiguous(const std::string& asked) const {
  const std::string revision = asked.substr(0, asked.find_first_of("~^@:"));  // "main~1" as well
  if (revision.empty()) return;
  const std::string tag = "refs/tags/" + revision;
  const std::string listing = git({"for-each-ref",
                                   "--format=%(refname)",
                                   tag,
                                   "refs/heads/" + revision,
                                   "refs/remotes/" + revision});
  bool is_tag = false;
  std::string other;
  for (const std::string_view name : split(listing, '\n')) {
    if (name == tag) is_tag = true;
    if (name == "refs/heads/" + revision || name == "refs/remotes/" + revision) other = name;
  }
  if (!is_tag || other.empty()) return;
  throw Error(Blame::usage,
              clean_line(revision) + ": is the name of a tag and of a branch; write " +
                  clean_line(other) + " or " + clean_line(tag));
}

bool GitRepository::has(const std::string& revision) const {
  return resolve(folder_, revision).exit_code == 0;
}

std::string GitRepository::full_name(const std::string& branch) const {
  const ProcessResult result =
      run_git(folder_, {"rev-parse", "--verify", "--quiet", "--symbolic-full-name", branch}, {});
  return result.exit_code == 0 ? std::string(trim(result.output)) : std::string();
}

std::string GitRepository::top() const {
  std::string path = git({"rev-parse", "--show-toplevel"});
  if (path.ends_with('\n')) path.pop_back();
  return path;
}

std::optional<std::string> GitRepository::merge_base(const std::string& one,
                                                     const std::string& other) const {
  const ProcessResult result = run_git(folder_, {"merge-base", one, other}, {});
  std::string id(trim(result.output));
  return is_object_id(id) ? std::optional(std::move(id)) : std::nullopt;
}

bool GitRepository::is_shallow() const {
  return trim(git({"rev-parse", "--is-shallow-repository"})) == "true";
}

std::vector<GitChange> GitRepository::changes(const std::string& base,
                                              const std::string& head) const {
  const std::string raw = git(
      {"diff-tree", "-r", "-z", "-M", "-l5000", "--raw", "--full-index", "--relative", base, head});
  const auto parts = split(raw, '\0');
  std::vector<GitChange> changes;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const RawHead raw_line = raw_head(parts[i]);
    const std::string_view before = parts[++i];
    const bool is_two = raw_line.status.starts_with('R') || raw_line.status.starts_with('C');
    if (is_two && i + 1 < parts.size()) ++i;
    const GitChange change{side(raw_line.mode_before, raw_line.before, before),
                           side(raw_line.mode_after, raw_line.after, parts[i])};
    if (!change.before.path.empty() || !change.after.path.empty()) changes.push_back(change);
  }
  return changes;
}

std::vector<GitBranch> GitRepository::branches() const {
  const std::string listing = git({"for-each-ref",
                                   "--sort=-committerdate",
                                   "--format=%(objectname) %(committerdate:unix) %(refname:short)",
                                   "refs/heads",
                                   "refs/remotes"});
  std::vector<GitBranch> branches;
  for (const std::string_view line : split(listing, '\n')) {
    const auto words = split(line, ' ');
    if (words.size() != 3 || !is_object_id(words[0])) continue;
    GitBranch branch{std::string(words[2]), std::string(words[0]), {}};
    if (const auto seconds = parse_integer(words[1]))
      branch.time = Time(std::chrono::seconds(*seconds));
    branches.push_back(std::move(branch));
  }
  return branches;
}

std::vector<GitFile> GitRepository::files(const std::string& commit) const {
  const std::string listing = git({"ls-tree", "-r", "-z", commit});
  std::vector<GitFile> files;
  for (const std::string_view line : split(listing, '\0')) {  // "100644 blob 1234...\tpath"
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos || !is_plain_file(line)) continue;
    const auto words = split(line.substr(0, tab), ' ');
    if (words.size() == 3)
      files.push_back({std::string(line.substr(tab + 1)), std::string(words[2])});
  }
  return files;
}

std::vector<std::string> GitRepository::working_files() const {
  const std::string listing =
      git({"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"});
  std::vector<std::string> paths;
  for (const std::string_view path : split(listing, '\0')) {
    if (!path.empty()) paths.emplace_back(path);
  }
  return paths;
}

std::optional<std::string> GitRepository::content_at(const std::string& revision,
                                                     const std::string& path,
                                                     std::size_t most) const {
  const ProcessResult result = run_git(folder_, {"cat-file", "blob", revision + ":./" + path}, {});
  if (result.exit_code != 0 || result.output.size() > most) return std::nullopt;
  return result.output;
}

std::map<std::string, std::optional<std::string>> GitRepository::contents(
    const std::vector<std::string>& blobs, std::size_t most) const {
  std::map<std::string, std::optional<std::string>> found;
  std::string all;
  for (const std::string& blob : blobs) {
    if (found.emplace(blob, std::nullopt).second) all += blob + "\n";
  }
  std::size_t total = 0;
  std::string wanted;
  const std::string sizes = git({"cat-file", "--batch-check"}, all);
  for (const std::string_view line : split(sizes, '\n')) {  // "1234... blob 17"
    const auto words = split(line, ' ');
    const auto size = words.size() == 3 ? parse_integer(words[2]) : std::nullopt;
    if (!size || static_cast<std::size_t>(*size) > most) continue;
    total += static_cast<std::size_t>(*size);
    wanted += std::string(words[0]) + "\n";
  }
  if (total > most_bytes) {
    throw Error(Blame::input, "the templates that differ are larger than 256 MiB");
  }
  const std::string output = git({"cat-file", "--batch"}, wanted);
  std::string_view rest = output;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    const auto words = split(rest.substr(0, end), ' ');
    const auto size = words.size() == 3 ? parse_integer(words[2]) : std::nullopt;
    if (!size || end == std::string_view::npos) break;
    found[std::string(words[0])] = rest.substr(end + 1, static_cast<std::size_t>(*size));
    rest.remove_prefix(std::min(rest.size(), end + 2 + static_cast<std::size_t>(*size)));
  }
  return found;
}

std::map<std::string, std::vector<GitRepository::Moment>> GitRepository::changes_of(
    const std::string& pattern,
    const std::string& commit,
    const std::vector<std::string>& endings) const {
  std::vector<std::string> ask{
      "log",
      "--first-parent",
      "-m",
      "-z",
      "--relative",
      "--no-ext-diff",
      "--no-textconv",
      "--text",
      "--no-renames",
      "--no-show-signature",
      "--name-only",
      "--format=%x01%ct %H",
      "--extended-regexp",
      "-G" + pattern,  // no count: a line may take what another one gives up
      commit,
      "--"};
  for (const std::string& ending : endings) ask.push_back(":(icase)*" + ending);
  std::map<std::string, std::vector<Moment>> moments;
  Moment moment;
  const std::string log = run_or_fail(folder_, ask, Pathspecs::globs);
  for (std::string_view part : split(log, '\0')) {  // "\1<seconds> <commit>", then names
    while (part.starts_with('\n')) part.remove_prefix(1);
    if (part.starts_with('\1')) {
      const auto words = split(trim(part.substr(1)), ' ');
      moment.time = Time(std::chrono::seconds(parse_integer(words[0]).value_or(0)));
      moment.commit = words.size() > 1 ? words[1] : std::string_view();
    } else if (!part.empty()) {
      moments[std::string(part)].push_back(moment);
    }
  }
  return moments;
}

}  // namespace patchbot
