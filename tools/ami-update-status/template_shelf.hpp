// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/template_node.hpp"
#include "repository_source.hpp"

namespace patchbot {

/// Templates, and files that give values to them, each read once.
class TemplateShelf {
 public:
  /// Several at once; what is wrong with one is kept with it. Throws Error for more files than the
  /// source may be asked for, and for more than 5,000,000 values in all.
  void read(RepositorySource& source, const std::vector<FileVersion>& files);

  /// Null for what is neither a template nor gives values. Throws the error that the file was read
  /// with.
  const Template* find(const FileVersion& file) const;

  /// Whether any of them may name parameters of Systems Manager.
  bool names_parameters() const { return names_parameters_; }

  /// Why it could not be had from the host; null if it could.
  const Error* missing(const FileVersion& file) const;

 private:
  struct Reading {
    std::optional<Template> read;
    std::optional<Error> fault;
  };

  static Reading reading_of(RepositorySource& source, const FileVersion& file);

  std::map<std::string, Reading> read_;  ///< by what tells contents apart
  std::mutex mutex_;
  std::atomic<std::size_t> values_ = 0;
  std::atomic<bool> names_parameters_ = false;
};

}  // namespace patchbot
