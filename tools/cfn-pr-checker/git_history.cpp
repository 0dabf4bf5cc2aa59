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

std::vector<std::string> GitHistory::files_with(const std::string& text) {
  if (const auto known = holders_.find(text); known != holders_.end()) return known->second;
  std::vector<std::string> paths = repository_.files_with(commit_, text);
  std::erase_if(paths, [](const std::string& path) { return !may_be_template(path); });
  return holders_.emplace(text, std::move(paths)).first->second;
}

const TemplateNode* GitHistory::read(const std::string& path) {
  auto known = read_.find(path);
  if (known == read_.end()) {
    const auto blob = blobs().find(path);
    if (blob == blobs().end()) return nullptr;
    const auto contents = repository_.contents({blob->second}, most_file_bytes);
    const auto& bytes = contents.begin()->second;
    known = read_.emplace(path, bytes ? to_template_file(*bytes) : TemplateFile()).first;
  }
  return known->second.read ? &known->second.read->root : nullptr;
}

const BranchHistory::Changes& GitHistory::changes_of(const std::string& text) {
  auto known = changes_.find(text);
  if (known == changes_.end()) {
    Changes changes;
    for (auto& [path, moments] : repository_.changes_of(text, commit_, template_endings())) {
      for (GitRepository::Moment& moment : moments) {
        changes[path].push_back({moment.time, std::move(moment.commit)});
      }
    }
    known = changes_.emplace(text, std::move(changes)).first;
  }
  return known->second;
}

const TemplateNode* GitHistory::read_at(const std::string& path,
                                        const std::string& version,
                                        When when) {
  const std::string revision = when == When::before ? version + "^" : version;
  auto known = read_at_.find(revision + ":" + path);
  if (known == read_at_.end()) {
    const auto bytes = repository_.content_at(revision, path, most_file_bytes);
    known =
        read_at_.emplace(revision + ":" + path, bytes ? to_template_file(*bytes) : TemplateFile())
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
