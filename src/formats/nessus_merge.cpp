// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_merge.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "formats/nessus_layout.hpp"
#include "formats/shard_mark.hpp"

namespace patchbot {
namespace {

using Write = std::function<void(std::string_view)>;

// The bytes from `begin` to `end` of a file.
void copy(const std::string& file, std::uint64_t begin, std::uint64_t end, const Write& write) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(begin));
  std::array<char, std::size_t{64} * 1024> piece{};
  for (std::uint64_t left = end - begin; left > 0;) {
    const auto wanted = std::min<std::uint64_t>(left, piece.size());
    if (!in.read(piece.data(), static_cast<std::streamsize>(wanted))) {
      throw Error(Blame::input, clean_line(file) + ": has changed while it was read");
    }
    write({piece.data(), static_cast<std::size_t>(wanted)});
    left -= wanted;
  }
}

std::string targets_of(const std::vector<NessusLayout>& layouts) {
  std::string all;
  for (const NessusLayout& layout : layouts) {
    if (layout.targets.empty()) continue;
    if (!all.empty()) all += ',';
    all += layout.targets;
  }
  return all;
}

// All that stands before the hosts.
void write_head(const std::string& file,
                const NessusLayout& layout,
                const std::string& targets,
                const Write& write) {
  std::uint64_t done = 0;
  if (layout.value_end > 0) {
    copy(file, 0, layout.value_begin, write);
    write("<value>" + targets + "</value>");
    done = layout.value_end;
  }
  copy(file, done, layout.report_begin, write);
  write(layout.report_tag);
}

std::size_t with_policy(const std::vector<NessusLayout>& layouts) {
  const auto found = std::find_if(layouts.begin(), layouts.end(), [](const NessusLayout& layout) {
    return layout.value_end > 0;
  });
  return found == layouts.end() ? 0 : static_cast<std::size_t>(found - layouts.begin());
}

}  // namespace

Shard read_shard(const std::string& file) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  std::ifstream in(file, std::ios::binary);
  if (failed || !in) throw Error(Blame::input, clean_line(file) + ": cannot be read");
  std::array<char, shard_mark_bytes> end{};
  const auto wanted = std::min<std::uint64_t>(size, end.size());
  in.seekg(static_cast<std::streamoff>(size - wanted));
  in.read(end.data(), static_cast<std::streamsize>(wanted));
  const auto shard = find_shard_mark({end.data(), static_cast<std::size_t>(in.gcount())});
  if (shard) return *shard;
  throw Error(Blame::input,
              clean_line(file) +
                  ": has no mark of a shard at its end; it is cut off, or was not "
                  "written by nessus-run --shard");
}

void merge_reports(const std::vector<std::string>& files, const Write& write) {
  std::vector<NessusLayout> layouts;
  layouts.reserve(files.size());
  for (const std::string& file : files) layouts.push_back(nessus_layout(file));
  if (files.empty()) throw Error(Blame::usage, "no report to merge");
  const std::size_t first = with_policy(layouts);
  write_head(files[first], layouts[first], targets_of(layouts), write);
  for (std::size_t i = 0; i < files.size(); ++i) {
    copy(files[i], layouts[i].hosts_begin, layouts[i].hosts_end, write);
  }
  write("</Report>\n</NessusClientData_v2>\n");
}

}  // namespace patchbot
