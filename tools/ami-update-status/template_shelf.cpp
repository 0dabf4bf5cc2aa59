// SPDX-License-Identifier: Apache-2.0
#include "template_shelf.hpp"

#include <set>

#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "formats/odd_content.hpp"
#include "formats/template_file.hpp"
#include "services/code_hosts/blob_id.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

constexpr std::size_t at_once = 8;  // well below what any of the hosts allows
constexpr std::size_t most_values = 5'000'000;

// git's id of the content, where it is known.
std::string key_of(const FileVersion& file) {
  if (may_be_blob_id(file.blob)) return file.blob;
  return file.repository + "@" + file.commit + ":" + file.path;
}

}  // namespace

void TemplateShelf::read(RepositorySource& source, const std::vector<FileVersion>& files) {
  std::vector<const FileVersion*> wanted;
  std::set<std::string> keys;
  for (const FileVersion& file : files) {
    const std::string key = key_of(file);
    if (!read_.contains(key) && keys.insert(key).second) wanted.push_back(&file);
  }
  if (wanted.size() > source.most_files()) {
    throw Error(Blame::remote,
                std::to_string(wanted.size()) + " files may be templates of services, and the " +
                    "host is asked for " + std::to_string(source.most_files()) +
                    " at most; narrow pull_requests.templates, or give it a clone");
  }
  in_parallel(wanted.size(), at_once, [&](std::size_t i) {
    Reading one = reading_of(source, *wanted[i]);
    if (one.read) {
      const TemplateNode& root = one.read->root;
      values_ += root.count();
      if (holds(root, "resolve:ssm:") || holds(root, "AWS::SSM::Parameter::Value<"))
        names_parameters_ = true;
    }
    if (values_ > most_values) {
      throw Error(Blame::input, "the templates hold more than 5,000,000 values");
    }
    const std::lock_guard lock(mutex_);
    read_.emplace(key_of(*wanted[i]), std::move(one));
  });
}

TemplateShelf::Reading TemplateShelf::reading_of(RepositorySource& source,
                                                 const FileVersion& file) {
  Reading one;
  try {
    const std::optional<std::string> bytes = source.content(file);
    if (!bytes) return one;
    if (is_lfs_pointer(*bytes)) {
      throw Error(Blame::input, "it is a pointer of Git LFS, and the file itself is elsewhere");
    }
    one.read = read_template_file(file.path, *bytes);
    const TemplateNode& root = one.read->root;
    if (!is_template(root) && parameter_sets(root).empty()) one.read.reset();
  } catch (const Error& error) {
    one.fault = error;
  }
  return one;
}

const Template* TemplateShelf::find(const FileVersion& file) const {
  const auto known = read_.find(key_of(file));
  if (known == read_.end()) return nullptr;
  if (known->second.fault) throw Error(*known->second.fault);
  return known->second.read ? &*known->second.read : nullptr;
}

const Error* TemplateShelf::missing(const FileVersion& file) const {
  const auto known = read_.find(key_of(file));
  const bool is_missing =
      known != read_.end() && known->second.fault && known->second.fault->blame() == Blame::remote;
  return is_missing ? &*known->second.fault : nullptr;
}

}  // namespace patchbot
