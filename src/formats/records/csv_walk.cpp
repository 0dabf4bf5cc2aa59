// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "base/input_buffer.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/csv_scanner.hpp"
#include "formats/records/walk.hpp"

namespace patchbot {
namespace {

// Behind this many rows no header comes any more.
constexpr std::size_t max_preamble = 1000;

// Exporters write a quote before what a spreadsheet would take for a formula.
std::string_view without_guard(std::string_view cell) {
  const bool guarded = cell.size() > 1 && cell[0] == '\'' &&
                       std::string_view("=+-@").find(cell[1]) != std::string_view::npos;
  return guarded ? cell.substr(1) : cell;
}

class CsvWalk : public Walk {
 public:
  explicit CsvWalk(const WalkInput& input)
      : stack_(input.stack),
        want_(input.want),
        buffer_(input.source, input.chunk),
        scanner_(buffer_) {
    const PathTree::Step& root = input.tree[PathTree::root];
    for (const auto& [name, step] : root.named) {
      if (input.tree[step].record != PathTree::none) {
        kind_ = input.tree[step].record;
        demanded_.push_back(name);
      }
    }
    const std::uint16_t preamble = input.tree.child(PathTree::root, "#preamble");
    if (preamble != PathTree::none) preamble_ = input.tree[preamble].context;
    stack_.enter(PathTree::root);
  }

  Event next() override {
    if (ended_) return Event::end;
    if (columns_ == 0) find_header();
    while (scanner_.next(row_)) {
      if (take_header() || want_ != WalkInput::Want::records) continue;
      last_is_odd_ = row_.size() != columns_;
      if (last_is_odd_ && !take_odd_row()) continue;
      build();
      return Event::record;
    }
    check_end();
    ended_ = true;
    return Event::document_end;
  }

 private:
  void find_header() {
    for (std::size_t rows = 0; rows < max_preamble && scanner_.next(row_); ++rows) {
      if (take_header()) return;
      if (preamble_ != PathTree::none && stack_.wants_context()) keep_preamble();
    }
    std::string names;
    for (const std::string& name : demanded_) names += (names.empty() ? "" : ", ") + name;
    throw Error(Blame::input, "no row names the columns " + names, Position{});
  }

  // True if the row names the columns: once, or again where exports were put behind each other.
  bool take_header() {
    const bool all = std::all_of(demanded_.begin(), demanded_.end(), [this](const auto& name) {
      return std::any_of(row_.begin(), row_.end(), [&](const std::string& cell) {
        return equals_nocase(trim(cell), name);
      });
    });
    if (!all) return false;
    columns_ = row_.size();
    names_.clear();
    ends_.clear();
    for (const std::string& cell : row_) {
      names_ += to_lower(clean_line(cut_utf8(cell, max_name)));
      ends_.push_back(names_.size());
    }
    return true;
  }

  // A row with missing or spare cells. Where it holds what is demanded it is read all the same, as
  // far as it goes; else it is no record, such as a line at the end that says "no more results".
  bool take_odd_row() {
    ++odd_rows_;
    if (!first_odd_) first_odd_ = {row_.size(), scanner_.row_position().line};
    build();
    return std::all_of(demanded_.begin(), demanded_.end(), [this](const std::string& name) {
      return !record()[name].raw().empty();
    });
  }

  void check_end() {
    if (odd_rows_ == 0) return;
    if (last_is_odd_ && !scanner_.ends_with_line_end() && row_.size() < columns_) {
      problems_.emplace_back("the last row is cut off: the export is truncated");
      if (--odd_rows_ == 0) return;
    }
    problems_.push_back(std::to_string(odd_rows_) + (odd_rows_ == 1 ? " row has" : " rows have") +
                        " another number of cells than the header, which has " +
                        std::to_string(columns_) + ": " + std::to_string(first_odd_->cells) +
                        " in line " + std::to_string(first_odd_->line));
  }

  void build() {
    tape_.clear();
    tape_.base = names_.data();
    tape_.cells.emplace_back().type = NodeType::object;
    for (std::size_t i = 0; i < row_.size() && i < columns_; ++i) {
      Cell& cell = add_text(without_guard(row_[i]));
      const std::size_t start = i == 0 ? 0 : ends_[i - 1];
      cell.key = static_cast<std::uint32_t>(start);
      cell.key_size = static_cast<std::uint32_t>(ends_[i] - start);
    }
    tape_.cells.front().size = static_cast<std::uint32_t>(tape_.cells.size());
  }

  void keep_preamble() {
    tape_.clear();
    tape_.base = names_.data();
    tape_.cells.emplace_back().type = NodeType::list;
    for (const std::string& cell : row_) add_text(cell);
    tape_.cells.front().size = static_cast<std::uint32_t>(tape_.cells.size());
    stack_.keep(preamble_, std::make_shared<KeptNode>(tape_, 0));
  }

  Cell& add_text(std::string_view text) {
    Cell& cell = tape_.cells.emplace_back();
    cell.type = NodeType::text;
    cell.is_extra = true;
    cell.value = static_cast<std::uint32_t>(tape_.extra.size());
    cell.value_size = static_cast<std::uint32_t>(text.size());
    tape_.extra += text;
    return cell;
  }

  struct OddRow {
    std::size_t cells;
    std::size_t line;
  };

  static constexpr std::size_t max_name = 200;

  ContextStack& stack_;
  WalkInput::Want want_;
  InputBuffer buffer_;
  CsvScanner scanner_;
  std::vector<std::string> demanded_;  ///< columns, in lower case
  std::uint16_t preamble_ = PathTree::none;
  CsvRow row_;
  std::size_t columns_ = 0;
  std::string names_;              ///< of the columns, one behind the other
  std::vector<std::size_t> ends_;  ///< where each name ends
  std::uint64_t odd_rows_ = 0;
  std::optional<OddRow> first_odd_;
  bool last_is_odd_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Walk> walk_csv(const WalkInput& input) { return std::make_unique<CsvWalk>(input); }

}  // namespace patchbot
