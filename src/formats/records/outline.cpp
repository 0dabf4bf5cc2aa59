// SPDX-License-Identifier: Apache-2.0
#include "formats/records/outline.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/csv_scanner.hpp"
#include "formats/records/json_scanner.hpp"
#include "formats/xml_scanner.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_depth = 6;
constexpr std::size_t max_paths = 4096;
constexpr std::size_t max_value = 64;
constexpr std::size_t max_rows = 50;  // of CSV

// Items of a list have no name.
std::string child_path(const std::string& parent, std::string_view key) {
  return parent + "/" + (key.data() == nullptr ? "*" : std::string(key));
}

}  // namespace

Outline::Outline(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::string_view start = trim(head);
  try {
    if (start.starts_with('<')) {
      syntax_ = Syntax::xml;
      read_xml(head);
    } else if (start.starts_with('{') || start.starts_with('[')) {
      syntax_ = Syntax::json;
      read_json(head);
    } else {
      read_csv(head);
    }
  } catch (const Error&) {  // the head ends somewhere inside
    return;
  }
}

void Outline::add(const std::string& path, std::string_view value) {
  if (paths_.size() >= max_paths) return;
  paths_.insert(path);
  if (value.empty() || value.size() > max_value) return;
  std::string whole = path + "=" + std::string(value);
  std::replace(whole.begin(), whole.end(), ' ', '_');
  paths_.insert(std::move(whole));
}

void Outline::read_json(std::string_view head) {
  using Token = JsonScanner::Token;
  const auto source = memory_source(head);
  InputBuffer buffer(*source, head.size() + 1);
  JsonScanner scanner(buffer);
  std::vector<std::string> open;
  Token last = Token::end;
  for (Token token = scanner.next(); token != Token::end; last = token, token = scanner.next()) {
    if (token == Token::close) {
      if (last == Token::list) add(open.back(), "[]");
      open.pop_back();
      continue;
    }
    if (token == Token::text) scanner.read_text();
    std::string path = open.empty() ? std::string() : child_path(open.back(), scanner.key());
    if (open.size() <= max_depth) add(path, scanner.value());
    if (token == Token::object || token == Token::list) open.push_back(std::move(path));
  }
}

void Outline::read_xml(std::string_view head) {
  using Token = XmlScanner::Token;
  const auto source = memory_source(head);
  InputBuffer buffer(*source, head.size() + 1);
  buffer.refill(buffer.begin());
  XmlScanner scanner(buffer);
  scanner.set_document_type(XmlScanner::DocumentType::passed_over);
  std::string path;
  for (Token token = scanner.next();
       token == Token::open || token == Token::leaf || token == Token::close;
       token = scanner.next()) {
    if (token == Token::close) {
      path.resize(path.rfind('/'));
      continue;
    }
    std::string_view name = scanner.name();
    if (const auto colon = name.rfind(':'); colon != std::string_view::npos) {
      name.remove_prefix(colon + 1);
    }
    const std::string own = path + "/" + std::string(name);
    if (scanner.depth() <= max_depth) {
      add(own, scanner.text());
      for (const XmlAttribute& attribute : scanner.attributes()) {
        add(own + "/@" + std::string(attribute.name), attribute.value);
      }
    }
    if (token == Token::open) path = own;
  }
}

void Outline::read_csv(std::string_view head) {
  const auto source = memory_source(head);
  InputBuffer buffer(*source, head.size() + 1);
  CsvScanner scanner(buffer);
  CsvRow row;
  for (std::size_t rows = 0; rows < max_rows && scanner.next(row); ++rows) {
    if (row.size() > 1) syntax_ = Syntax::csv;
    for (const std::string& cell : row) {
      if (cell.empty() || cell.size() > max_value) continue;
      std::string path = "/" + to_lower(clean_line(cell));
      std::replace(path.begin(), path.end(), ' ', '_');
      add(path, {});
    }
  }
}

bool Outline::shows(std::string_view paths) const {
  const std::vector<std::string_view> wanted = split(paths, ' ');
  return std::all_of(wanted.begin(), wanted.end(), [this](std::string_view path) {
    const bool absent = path.starts_with('!');
    return paths_.contains(path.substr(absent ? 1 : 0)) != absent;
  });
}

}  // namespace patchbot
