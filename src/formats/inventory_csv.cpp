// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_csv.hpp"

#include <vector>

namespace patchbot {
namespace {

bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_(out) {}

  RowWriter& cell(std::string_view text) {
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

 private:
  std::string& out_;
  bool is_first_ = true;
};

std::string join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined.append(joined.empty() ? "" : " ").append(text);
  return joined;
}

std::string_view word_of(const std::optional<bool>& exposed) {
  if (!exposed) return {};
  return *exposed ? "true" : "false";
}

}  // namespace

std::string to_csv(const Target& target) {
  std::string row;
  RowWriter(row)
      .cell(target.id)
      .cell(target.account)
      .cell(target.region)
      .cell(target.vpc)
      .cell(join(target.addresses))
      .cell(join(target.public_addresses))
      .cell(target.ami)
      .cell(target.ami_name)
      .cell(target.launched_at ? to_rfc3339(*target.launched_at) : std::string())
      .cell(target.state)
      .cell(target.asg)
      .cell(target.stack)
      .cell(target.team)
      .cell(target.service)
      .cell(target.environment)
      .cell(target.platform)
      .cell(word_of(target.exposed))
      .cell(target.coverage.inspector)
      .cell(target.coverage.ssm)
      .cell(target.name);
  return row += '\n';
}

}  // namespace patchbot
