// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace patchbot {

/// The chunks of a bulk export that are here, beside the file that they will become. Their names
/// hold the export's uuid, so that those of another one are never taken for them.
class ChunkFiles {
 public:
  ChunkFiles(std::string output, const std::string& uuid);

  std::string file_of(const std::string& chunk) const;
  bool has(const std::string& chunk) const;
  void add(const std::string& chunk);
  std::size_t count() const { return chunks_.size(); }

  /// Writes one JSON array of what is in all of them, in the order of their ids. Throws
  /// Error(usage) where it cannot be written, Error(input) where one is no array.
  void join() const;

  void remove();

 private:
  std::string output_;
  std::string prefix_;
  std::vector<std::string> chunks_;
};

}  // namespace patchbot
