// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "formats/template_reader.hpp"
#include "templates/branch_history.hpp"
#include "templates/pull_request.hpp"

namespace patchbot::test {

inline const std::string a = "ami-0aaaaaaaaaaaaaaa1";
inline const std::string b = "ami-0bbbbbbbbbbbbbbb2";

inline std::string server(const std::string& image) {
  return "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: " + image + "}}}\n";
}

/// A branch whose files and their past are told to it.
class Branch final : public BranchHistory {
 public:
  Branch& file(const std::string& path, const std::string& text) {
    return file(path, read_template(text));
  }
  Branch& file(const std::string& path, Template whole) {
    read_.insert_or_assign(path, std::move(whole));
    return *this;
  }
  // The newest first. What the file was after it: without more ado what it is now.
  Branch& changed(const std::string& text,
                  const std::string& path,
                  const char* when,
                  const std::string& after = {},
                  const std::string& before = {}) {
    changes_[text][path].push_back({*parse_rfc3339(when), when});
    if (!after.empty()) past_.insert_or_assign(path + when, read_template(after));
    if (!before.empty()) past_.insert_or_assign(path + when + "^", read_template(before));
    return *this;
  }

  // What a file was right after such a moment, and right before it.
  void past(const std::string& path, const std::string& when, Template after, Template before) {
    past_.insert_or_assign(path + when, std::move(after));
    past_.insert_or_assign(path + when + "^", std::move(before));
    moments_[path].push_back({*parse_rfc3339(when), when});
  }

  void expect(const std::vector<std::string>&) override {}
  const TemplateNode* read(const std::string& path) override {
    const auto known = read_.find(path);
    return known == read_.end() ? nullptr : &known->second.root;
  }
  const TemplateNode* read_at(const std::string& path,
                              const std::string& version,
                              When when) override {
    const auto known = past_.find(path + version + (when == When::before ? "^" : ""));
    if (known != past_.end()) return &known->second.root;
    return when == When::after ? read(path) : nullptr;
  }
  const Changes& changes_of(const std::string& text) override { return changes_[text]; }
  std::vector<Moment> moments_of(const std::string& path) override {
    std::vector<Moment> all = moments_[path];
    for (const auto& [text, files] : changes_) {
      const auto own = files.find(path);
      if (own != files.end()) all.insert(all.end(), own->second.begin(), own->second.end());
    }
    return all;
  }
  std::vector<std::string> template_paths() override {
    std::vector<std::string> paths;
    for (const auto& [path, whole] : read_) paths.push_back(path);
    return paths;
  }

 private:
  std::map<std::string, Template> read_;
  std::map<std::string, Template> past_;
  std::map<std::string, Changes> changes_;
  std::map<std::string, std::vector<Moment>> moments_;
};

/// One file that changes, without what other rules say of it.
inline PullRequest request_of(const std::string& path,
                              const std::string& before,
                              const std::string& after) {
  TemplateFiles base;
  TemplateFiles head;
  base[path].read = read_template(before);
  head[path].read = read_template(after);
  PullRequest request = compare(base, head);
  for (ReviewedFile& file : request.files) file.hits.clear();
  return request;
}

inline std::vector<std::string> lines_of(const PullRequest& request) {
  std::vector<std::string> lines;
  for (const ReviewedFile& file : request.files) {
    for (const RuleHit& hit : file.hits) {
      lines.push_back(std::string(to_text(hit.level)) + ": " + hit.message);
    }
  }
  return lines;
}

}  // namespace patchbot::test
