// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/utf8.hpp"
#include "status_output.hpp"
#include "status_words.hpp"

namespace patchbot {
namespace {

// Names come from tags: between backticks there is no markup, and a bar would end a cell.
std::string code(std::string_view text) {
  std::string line(cut_utf8(clean_line(text), 200));
  std::replace(line.begin(), line.end(), '`', '\'');
  std::replace(line.begin(), line.end(), '|', '/');
  return line.empty() ? std::string("-") : "`" + line + "`";
}

}  // namespace

std::string to_markdown(const PatchStatus& status) {
  const std::vector<std::string> stages = stages_in_order(status);
  std::string out = "| Team | Service | Newest AMI |";
  std::string line = "|---|---|---|";
  for (const std::string& name : stages) {
    out += " " + code(name) + " |";
    line += "---|";
  }
  out += "\n" + line + "\n";
  for (const ServiceStatus& service : status.services) {
    out += "| " + code(service.team) + " | " + code(service.service) + " | " +
           code(newest_words(service, status.generated_at)) + " |";
    for (const std::string& name : stages) {
      const auto stage = service.stages.find(name);
      const bool has = stage != service.stages.end();
      const bool asks = has && word_of(stage->second.status).level >= GateLevel::warn;
      const std::string words = has ? stage_words(stage->second, status.generated_at) : "-";
      out += asks ? " **" + words + "**: " + code(stage->second.reason) + " |" : " " + words + " |";
    }
    out += "\n";
  }
  if (!status.problems.empty()) out += "\nThe status is partial:\n\n";
  for (const std::string& problem : status.problems) out += "- " + code(problem) + "\n";
  return out;
}

}  // namespace patchbot
