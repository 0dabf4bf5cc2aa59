// SPDX-License-Identifier: Apache-2.0
#include "listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "formats/csv_writer.hpp"
#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

using Level = WaiverProblem::Level;
using Cells = std::vector<std::string>;

std::string place_of(const std::string& file, const Position& position) {
  return fmt::format("{}:{}:{}", clean_line(file), position.line, position.column);
}

std::string count_of(const std::optional<std::uint64_t>& count) {
  return count ? std::to_string(*count) : std::string();
}

// ---- for people

std::string to_lines(const WaiverListing& listing) {
  std::string out;
  for (const WaiverProblem& problem : listing.problems) {
    out += fmt::format("{}: {} {}: {}\n",
                       place_of(listing.file, problem.position),
                       to_text(problem.level),
                       problem.rule,
                       clean_line(problem.text));
  }
  return out;
}

// A character beyond ASCII takes several bytes and one column.
std::size_t width_of(const std::string& cell) {
  return static_cast<std::size_t>(std::count_if(cell.begin(), cell.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string to_columns(const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string out;
  for (const Cells& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      line.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

std::string shown(std::string_view text, std::size_t limit) {
  const std::string line = clean_line(text);
  return line.size() <= limit ? line : std::string(cut_utf8(line, limit)) + "…";
}

std::string to_table(const WaiverListing& listing) {
  if (listing.rows.empty()) return {};
  std::vector<Cells> rows{
      {"ends", "days", "state", "findings", "waiver", "owner", "covers", "reason"}};
  for (const RosterRow& row : listing.rows) {
    rows.push_back({to_date_text(row.terms.expires),
                    std::to_string(row.days_left),
                    std::string(to_text(row.state)),
                    row.findings ? std::to_string(*row.findings) : "?",
                    shown(row.terms.id, 40),
                    shown(row.terms.owner, 40),
                    shown(conditions_of(row), 80),
                    shown(row.terms.reason, 120)});
  }
  return to_columns(rows);
}

// ---- for spreadsheets

std::string to_csv(const Cells& cells) {
  std::string line;
  CsvRowWriter row(line);
  for (const std::string& cell : cells) row.cell(cell);
  return line += '\n';
}

std::string problems_csv(const WaiverListing& listing) {
  std::string out = "level,rule,waiver,file,line,column,message\n";
  for (const WaiverProblem& problem : listing.problems) {
    out += to_csv({std::string(to_text(problem.level)),
                   problem.rule,
                   clean_line(problem.waiver),
                   clean_line(listing.file),
                   std::to_string(problem.position.line),
                   std::to_string(problem.position.column),
                   clean_line(problem.text)});
  }
  return out;
}

std::string waivers_csv(const WaiverListing& listing) {
  std::string out =
      "id,kind,state,expires,days_left,findings,owner,approver,ticket,covers,reason,file,line\n";
  for (const RosterRow& row : listing.rows) {
    out += to_csv({clean_line(row.terms.id),
                   row.is_vex() ? "vex" : "waiver",
                   std::string(to_text(row.state)),
                   to_date_text(row.terms.expires),
                   std::to_string(row.days_left),
                   count_of(row.findings),
                   clean_line(row.terms.owner),
                   clean_line(row.terms.approver),
                   clean_line(row.terms.ticket),
                   conditions_of(row),
                   clean_line(row.terms.reason),
                   clean_line(listing.file),
                   std::to_string(row.terms.position.line)});
  }
  return out;
}

// ---- for other tools

void write_match(JsonWriter& json, const WaiverMatch& match) {
  json.key("match").open_object();
  json.texts_if("id", match.id)
      .texts_if("cve", match.cve)
      .texts_if("check", match.check)
      .texts_if("package", match.package)
      .texts_if("purl", match.purl)
      .texts_if("source", match.source)
      .texts_if("kind", match.kind)
      .texts_if("asset", match.asset)
      .texts_if("team", match.team)
      .texts_if("environment", match.environment)
      .close_object();
}

void write_row(JsonWriter& json, const RosterRow& row) {
  json.open_object()
      .member("id", row.terms.id)
      .member("kind", row.is_vex() ? "vex" : "waiver")
      .member_if("vex_file", row.vex_file)
      .member("state", row.state == RosterRow::State::ends_soon ? "ends-soon" : to_text(row.state))
      .member("expires", to_date_text(row.terms.expires));
  json.key("days_left").integer(row.days_left);
  if (row.findings) json.count("findings", *row.findings);
  json.member("owner", row.terms.owner)
      .member_if("approver", row.terms.approver)
      .member_if("ticket", row.terms.ticket)
      .member_if("reason", row.terms.reason)
      .count("line", row.terms.position.line);
  write_match(json, row.match);
  json.texts_if("runs_on", row.runs_on).close_object();
}

void write_problem(JsonWriter& json, const WaiverProblem& problem) {
  json.open_object()
      .member("level", to_text(problem.level))
      .member("rule", problem.rule)
      .member_if("waiver", problem.waiver)
      .count("line", problem.position.line)
      .count("column", problem.position.column)
      .member("message", clean_line(problem.text))
      .close_object();
}

std::string_view verdict_of(const std::vector<WaiverProblem>& problems) {
  const auto worst = std::max_element(
      problems.begin(), problems.end(), [](auto& a, auto& b) { return a.level < b.level; });
  return worst == problems.end() ? "pass" : to_text(worst->level);
}

std::string to_json(const WaiverListing& listing) {
  std::string out;
  JsonWriter json(out);
  json.open_object()
      .member("schema", "patchbot.waiver-list/1")
      .member("generated_at", to_rfc3339(listing.as_of))
      .member("command", listing.command)
      .member("file", clean_line(listing.file));
  json.key("waivers").open_array();
  for (const RosterRow& row : listing.rows) write_row(json, row);
  json.close_array();
  if (listing.command == "check") {
    json.key("problems").open_array();
    for (const WaiverProblem& problem : listing.problems) write_problem(json, problem);
    json.close_array().member("verdict", verdict_of(listing.problems));
  }
  json.close_object();
  return out += '\n';
}

}  // namespace

std::string to_listing(const WaiverListing& listing, const std::string& format) {
  const bool is_check = listing.command == "check";
  if (format == "json") return to_json(listing);
  if (format == "csv") return is_check ? problems_csv(listing) : waivers_csv(listing);
  return is_check ? to_lines(listing) : to_table(listing);
}

}  // namespace patchbot
