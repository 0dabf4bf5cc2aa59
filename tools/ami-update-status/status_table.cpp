// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/utf8.hpp"
#include "status_output.hpp"
#include "status_words.hpp"

namespace patchbot {
namespace {

constexpr std::size_t widest = 48;

struct Cell {
  std::string text;
  GateLevel level = GateLevel::none;
  bool is_stage = false;
};
using Row = std::vector<Cell>;

std::string cut(const std::string& text) {
  if (text.size() <= widest) return text;
  return std::string(cut_utf8(text, widest - 3)) + "...";
}

std::string painted(const Cell& cell, const std::string& text, bool colour) {
  if (!colour || !cell.is_stage) return text;
  const char* code = cell.level == GateLevel::fail   ? "31;1"
                     : cell.level == GateLevel::warn ? "33"
                     : cell.level == GateLevel::note ? "36"
                                                     : "32";
  return fmt::format("\x1B[{}m{}\x1B[0m", code, text);
}

Row header(const std::vector<std::string>& stages) {
  Row row{{"team"}, {"service"}, {"newest AMI"}};
  for (const std::string& stage : stages) row.push_back({cut(clean_line(stage))});
  return row;
}

Row row_of(const ServiceStatus& service, const std::vector<std::string>& stages, Time now) {
  Row row{{cut(clean_line(service.team))},
          {cut(clean_line(service.service))},
          {cut(newest_words(service, now))}};
  for (const std::string& name : stages) {
    const auto stage = service.stages.find(name);
    if (stage == service.stages.end()) {
      row.push_back({"-"});
    } else {
      row.push_back({stage_words(stage->second, now), word_of(stage->second.status).level, true});
    }
  }
  return row;
}

void write(const std::vector<Row>& rows, bool colour, std::string& out) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].text.size());
    }
  }
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += "  ";
      const bool is_last = i + 1 == row.size();
      const std::string gap(is_last ? 0 : widths[i] - row[i].text.size(), ' ');
      line += painted(row[i], row[i].text, colour) + gap;
    }
    out += line + "\n";
  }
}

bool asks_for_something(const Stage& stage, unsigned max_age) {
  return level_of(stage, max_age) >= GateLevel::warn || stage.status == StageStatus::pr_open;
}

// The newest AMI may be too old itself.
std::string_view action_of(const Stage& stage, unsigned max_age) {
  const StatusWord& word = word_of(stage.status);
  return is_too_old(stage, max_age) && word.level < GateLevel::warn ? "bake a newer AMI"
                                                                    : word.action;
}

std::string where_words(const Stage& stage) {
  if (stage.where.empty()) return {};
  const std::size_t more = stage.where.size() - 1;
  return " (" + clean_line(stage.where.front()) +
         (more == 0 ? "" : " and " + std::to_string(more) + " more") + ")";
}

// That a team is not among those who have to act may be a mistake, or not.
std::string idle_words(const PatchStatus& status, unsigned max_age) {
  if (!status.problems.empty()) return {};  // there may be something where nobody could look
  std::set<std::string> idle;
  for (const ServiceStatus& service : status.services) idle.insert(service.team);
  for (const ServiceStatus& service : status.services) {
    for (const auto& [name, stage] : service.stages) {
      if (asks_for_something(stage, max_age)) idle.erase(service.team);
    }
  }
  std::string names;
  for (const std::string& team : idle) {
    if (!team.empty()) names += (names.empty() ? "" : ", ") + clean_line(team);
  }
  return names.empty() ? "" : "\nnothing to do: " + names + "\n";
}

// The most urgent first; what asks for nothing is left out.
void write_actions(const PatchStatus& status, unsigned max_age, bool colour, std::string& out) {
  struct Action {
    const ServiceStatus* service;
    const std::string* name;
    const Stage* stage;
  };
  std::vector<Action> actions;
  for (const ServiceStatus& service : status.services) {
    for (const auto& [name, stage] : service.stages) {
      if (asks_for_something(stage, max_age)) {
        actions.push_back({&service, &name, &stage});
      }
    }
  }
  std::stable_sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) {
    return a.stage->status < b.stage->status;
  });
  if (!actions.empty()) out += "\nwhat to do, the most urgent first:\n";
  for (const Action& one : actions) {
    const StatusWord& word = word_of(one.stage->status);
    const std::string team = one.service->team.empty() ? "" : clean_line(one.service->team) + ": ";
    const Cell cell{{}, level_of(*one.stage, max_age), true};
    const std::string service = clean_line(one.service->service);
    out += fmt::format("  {}{}: {}: {}\n    {}\n",
                       team,
                       *one.name == "baked"
                           ? "the bakes of " + service
                           : service + " in " + clean_line(*one.name) + where_words(*one.stage),
                       painted(cell, std::string(word.word), colour),
                       clean_line(one.stage->reason),
                       action_of(*one.stage, max_age));
    if (is_too_old(*one.stage, max_age)) {
      out += fmt::format("    {}\n", too_old_words(*one.stage, max_age));
    }
    if (!one.stage->link.empty()) out += "    " + clean_line(one.stage->link) + "\n";
  }
}

// The log may be elsewhere.
std::string partial_words(const PatchStatus& status) {
  if (status.problems.empty()) return {};
  std::string out = "\npartial: servers and services may exist that are not here\n";
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(status.problems.size(), most); ++i) {
    out += "  " + clean_line(status.problems[i]) + "\n";
  }
  return out;
}

}  // namespace

std::string to_table(const PatchStatus& status, unsigned max_age, bool colour) {
  if (status.services.empty()) return "no service to tell of\n" + partial_words(status);
  const std::vector<std::string> stages = stages_in_order(status);
  std::vector<Row> rows{header(stages)};
  for (const ServiceStatus& service : status.services) {
    rows.push_back(row_of(service, stages, status.generated_at));
  }
  std::string out;
  write(rows, colour, out);
  out +=
      "\nas of " + to_rfc3339(status.generated_at) +
      ".  d: for so many days; of an AMI, its age\n"
      "current: every server runs the newest AMI that there is.  -: no server, group or template "
      "was seen there\n";
  write_actions(status, max_age, colour, out);
  return out + idle_words(status, max_age) + partial_words(status);
}

}  // namespace patchbot
