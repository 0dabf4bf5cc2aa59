// SPDX-License-Identifier: Apache-2.0
#include "formats/report.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/nessus_csv.hpp"
#include "formats/nessus_xml.hpp"
#include "formats/scanners/registry.hpp"

namespace patchbot {
namespace {

// Enough to see the first record of any format, and little enough to cost nothing.
constexpr std::size_t head_bytes = std::size_t{64} * 1024;

std::string known_formats() {
  std::string names = "known formats: .nessus version 2, Nessus CSV";
  std::set<std::string_view> said;
  for (const RecordFormat* format : record_formats()) {
    if (said.insert(format->title).second) names += ", " + std::string(format->title);
  }
  return names;
}

/// A reader that owns its source.
template <class Reader>
class Owning : public Reader {
 public:
  template <class Options>
  Owning(std::unique_ptr<ByteSource> source, const Options& options)
      : Reader(*source, options), source_(std::move(source)) {}

 private:
  std::unique_ptr<ByteSource> source_;
};

[[noreturn]] void refuse(std::string_view start) {
  std::string what = "is not a report that PatchBot knows; " + known_formats();
  if (start.size() >= head_bytes) {
    what = "is not a report that PatchBot knows by its first " + std::to_string(head_bytes / 1024) +
           " KiB; " + known_formats();
  }
  if (start.empty()) what = "is empty; " + known_formats();
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    throw Error(Blame::input, "is UTF-16 text; convert it to UTF-8", Position{});
  }
  const auto is_binary = [](char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0xF8; };
  if (std::any_of(start.begin(), start.end(), is_binary)) {
    what =
        "is binary, perhaps the scanner's own database from its reports folder; export the scan "
        "as .nessus; " +
        known_formats();
  }
  throw Error(Blame::input, what, Position{});
}

}  // namespace

std::unique_ptr<Report> open_report(ByteSource& source, const ReportOptions& options) {
  auto whole = rereadable(source);
  std::string head = read_head(*whole, head_bytes);
  const Outline outline(head);
  if (const RecordFormat* const format = find_record_format(outline)) {
    whole->rewind();
    return std::make_unique<Owning<RecordReport>>(std::move(whole), *format);
  }
  std::string_view start = head;
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = trim(start);
  const bool xml = outline.syntax() == Outline::Syntax::xml;
  if (!xml && !is_nessus_csv_header(start.substr(0, start.find('\n')))) {
    if (char next = 0; head.size() < head_bytes) whole->read(&next, 1);  // damage says more
    refuse(start);
  }
  whole = with_head(std::move(head), borrowed(source));  // read once: nothing need be kept
  if (xml) return std::make_unique<Owning<NessusXml>>(std::move(whole), options);
  return std::make_unique<Owning<NessusCsv>>(std::move(whole), options);
}

}  // namespace patchbot
