// SPDX-License-Identifier: Apache-2.0
#include "formats/inventory_csv.hpp"

#include <vector>

#include "formats/csv_writer.hpp"

namespace patchbot {
namespace {

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
  CsvRowWriter(row)
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
