// SPDX-License-Identifier: Apache-2.0
#include "formats/report.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/nessus_csv.hpp"
#include "formats/nessus_xml.hpp"

namespace patchbot {
namespace {

constexpr std::size_t head_bytes = 4096;
constexpr std::string_view known_formats = "known formats: .nessus version 2, Nessus CSV";

/// A reader together with the bytes that were read to recognise it.
template <class Reader>
class WithHead : public Reader {
 public:
  WithHead(std::unique_ptr<ByteSource> source, const ReportOptions& options)
      : Reader(*source, options), source_(std::move(source)) {}

 private:
  std::unique_ptr<ByteSource> source_;
};

// Lends the caller's source to a reader that owns what it reads from.
class Borrowed : public ByteSource {
 public:
  explicit Borrowed(ByteSource& source) : source_(source) {}
  std::size_t read(char* into, std::size_t size) override { return source_.read(into, size); }

 private:
  ByteSource& source_;
};

[[noreturn]] void refuse(std::string_view start) {
  std::string what = "is not a report that PatchBot knows; " + std::string(known_formats);
  if (start.empty()) what = "is empty; " + std::string(known_formats);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    throw Error(Blame::input, "is UTF-16 text; convert it to UTF-8", Position{});
  }
  const auto is_binary = [](char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0xF8; };
  if (std::any_of(start.begin(), start.end(), is_binary)) {
    what =
        "is binary, perhaps the scanner's own database from its reports folder; export the scan "
        "as .nessus; " +
        std::string(known_formats);
  }
  throw Error(Blame::input, what, Position{});
}

}  // namespace

std::unique_ptr<Report> open_report(ByteSource& source, const ReportOptions& options) {
  std::string head = read_head(source, head_bytes);
  std::string_view start = head;
  if (start.starts_with("\xEF\xBB\xBF")) start.remove_prefix(3);
  start = trim(start);
  const bool xml = start.starts_with('<');
  const bool csv = !xml && is_nessus_csv_header(start.substr(0, start.find('\n')));
  if (!xml && !csv) refuse(start);
  auto whole = with_head(std::move(head), std::make_unique<Borrowed>(source));
  if (xml) return std::make_unique<WithHead<NessusXml>>(std::move(whole), options);
  return std::make_unique<WithHead<NessusCsv>>(std::move(whole), options);
}

}  // namespace patchbot
