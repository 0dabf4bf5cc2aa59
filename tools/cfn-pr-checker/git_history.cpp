// SPDX-License-Identifier: Apache-2.0
#include "git_history.hpp"

namespace patchbot {

GitHistory::GitHistory(GitRepository repository, std::string commit)
    : repository_(std::move(repository)), commit_(std::move(commit)) {}

const std::map<std::string, std::string>& GitHistory::blobs() {
  if (!blobs_.empty()) return blobs_;
  for (GitFile& file : repository_.files(commit_)) {
    if (may_be_template(file.path)) blobs_.emplace(std::move(file.path), std::move(file.blob));
  }
  return blobs_;
}

void GitHistory::expect(const std::vector<std::string>& ids) { expected_ = ids; }

const TemplateNode* GitHistory::read(const std::string& path) {
  auto known = read_.find(path);
  if (known == read_.end()) {
    const auto blob = blobs().find(path);
    if (blob == blobs().end()) return nullptr;
    const auto contents = repository_.contents({blob->second}, most_file_bytes);
    const auto& bytes = contents.begin()->second;
    known = read_.emplace(path, bytes ? to_template_file(path, *bytes) : TemplateFile()).first;
  }
  return known->second.read ? &known->second.read->root : nullptr;
}

// Ids are letters, digits and hyphens: none needs to be escaped in a pattern.
const BranchHistory::Changes& GitHistory::changes_of(const std::string& text) {
  const auto known = changes_.find(text);
  if (known != changes_.end()) return *known->second;
  std::vector<std::string> together{text};
  for (const std::string& id : expected_) {
    if (id != text && !changes_.contains(id)) together.push_back(id);
  }
  std::string pattern;
  for (const std::string& id : together) pattern += (pattern.empty() ? "" : "|") + id;
  auto changes = std::make_shared<Changes>();
  for (auto& [path, moments] : repository_.changes_of(pattern, commit_, template_endings())) {
    for (GitRepository::Moment& moment : moments) {
      (*changes)[path].push_back({moment.time, std::move(moment.commit)});
    }
  }
  for (const std::string& id : together) changes_.emplace(id, changes);
  return *changes_.at(text);
}

// What a name means as a pattern finds the file itself, and maybe others.
std::vector<BranchHistory::Moment> GitHistory::moments_of(const std::string& path) {
  const auto known = moments_.find(path);
  if (known != moments_.end()) return known->second;
  std::vector<Moment> all;
  const auto changes = repository_.changes_of(".", commit_, {path});
  const auto own = changes.find(path);
  if (own != changes.end()) {
    for (const GitRepository::Moment& moment : own->second) {
      all.push_back({moment.time, moment.commit});
    }
  }
  return moments_.emplace(path, std::move(all)).first->second;
}

const TemplateNode* GitHistory::read_at(const std::string& path,
                                        const std::string& version,
                                        When when) {
  const std::string revision = when == When::before ? version + "^" : version;
  auto known = read_at_.find(revision + ":" + path);
  if (known == read_at_.end()) {
    const auto bytes = repository_.content_at(revision, path, most_file_bytes);
    known =
        read_at_
            .emplace(revision + ":" + path, bytes ? to_template_file(path, *bytes) : TemplateFile())
            .first;
  }
  return known->second.read ? &known->second.read->root : nullptr;
}

std::vector<std::string> GitHistory::template_paths() {
  std::vector<std::string> paths;
  for (const auto& [path, blob] : blobs()) paths.push_back(path);
  return paths;
}

}  // namespace patchbot
