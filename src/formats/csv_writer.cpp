// SPDX-License-Identifier: Apache-2.0
#include "formats/csv_writer.hpp"

namespace patchbot {
namespace {

bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

}  // namespace

CsvRowWriter& CsvRowWriter::cell(std::string_view text) {
  if (!is_first_) out_ += ',';
  is_first_ = false;
  const std::string_view guard = looks_like_formula(text) ? "'" : "";
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_.append(guard).append(text);
    return *this;
  }
  out_.append("\"").append(guard);
  for (char c : text) out_.append(c == '"' ? 2 : 1, c);
  out_ += '"';
  return *this;
}

}  // namespace patchbot
