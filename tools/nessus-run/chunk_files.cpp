// SPDX-License-Identifier: Apache-2.0
#include "chunk_files.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

/// Copies the items of arrays into one.
class Joiner {
 public:
  explicit Joiner(AtomicFile& out) : out_(out) { out_.write("["); }

  void add(const std::string& file) {
    const auto source = open_file(file);
    std::array<char, std::size_t{64} * 1024> piece{};
    std::string held;  // what may be the end of the array
    bool is_open = false;
    for (;;) {
      const std::size_t got = source->read(piece.data(), piece.size());
      if (got == 0) break;
      held.append(piece.data(), got);
      if (!is_open) is_open = strip_opening(held, file);
      if (!is_open) continue;
      const std::size_t sure = sure_bytes(held);
      pass(std::string_view(held).substr(0, sure));
      held.erase(0, sure);
    }
    if (!is_open || !held.starts_with(']')) {
      throw Error(Blame::input, clean_line(file) + ": is no JSON array");
    }
    has_items_ = has_items_ || !is_first_;
    is_first_ = true;
  }

  void close() { out_.write("]\n"); }

 private:
  // All but a last bracket with nothing behind it.
  static std::size_t sure_bytes(const std::string& held) {
    const auto last = held.find_last_not_of(" \t\r\n");
    return last != std::string::npos && held[last] == ']' ? last : held.size();
  }

  static bool strip_opening(std::string& held, const std::string& file) {
    const auto begin = held.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return false;
    if (held[begin] != '[') throw Error(Blame::input, clean_line(file) + ": is no JSON array");
    held.erase(0, begin + 1);
    return true;
  }

  void pass(std::string_view items) {
    if (is_first_) {
      items.remove_prefix(std::min(items.find_first_not_of(" \t\r\n"), items.size()));
      if (items.empty()) return;
      if (has_items_) out_.write(",\n");
      is_first_ = false;
    }
    out_.write(items);
  }

  AtomicFile& out_;
  bool has_items_ = false;  ///< of earlier files
  bool is_first_ = true;    ///< nothing of this file was written yet
};

}  // namespace

ChunkFiles::ChunkFiles(std::string output, const std::string& uuid)
    : output_(std::move(output)), prefix_(output_ + "." + uuid + ".chunk-") {
  const fs::path place =
      fs::path(output_).has_parent_path() ? fs::path(output_).parent_path() : ".";
  const std::string begin = fs::path(prefix_).filename().string();
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(place, failed)) {
    const std::string name = entry.path().filename().string();
    // A number: what is being written beside it has another name.
    if (name.starts_with(begin) && parse_integer(name.substr(begin.size()))) {
      add(name.substr(begin.size()));
    }
  }
}

std::string ChunkFiles::file_of(const std::string& chunk) const { return prefix_ + chunk; }

bool ChunkFiles::has(const std::string& chunk) const {
  return std::find(chunks_.begin(), chunks_.end(), chunk) != chunks_.end();
}

void ChunkFiles::add(const std::string& chunk) {
  const auto number = [](const std::string& id) { return parse_integer(id).value_or(0); };
  const auto place = std::find_if(chunks_.begin(), chunks_.end(), [&](const std::string& other) {
    return number(other) > number(chunk);
  });
  chunks_.insert(place, chunk);
}

void ChunkFiles::join() const {
  AtomicFile out(output_);
  Joiner joiner(out);
  for (const std::string& chunk : chunks_) joiner.add(file_of(chunk));
  joiner.close();
  out.commit();
}

void ChunkFiles::remove() {
  std::error_code ignored;
  for (const std::string& chunk : chunks_) fs::remove(file_of(chunk), ignored);
  chunks_.clear();
}

}  // namespace patchbot
