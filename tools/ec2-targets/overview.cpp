// SPDX-License-Identifier: Apache-2.0
#include "overview.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_listed = 5;
constexpr std::size_t max_team_width = 40;
constexpr std::size_t max_name_length = 100;  // in bytes; tags may hold anything

std::string count_of(std::uint64_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

// "i-1, i-2 and 7 more"
std::string some_of(const std::vector<std::string>& names, std::uint64_t total) {
  std::string text;
  for (const std::string& name : names) {
    text.append(text.empty() ? "" : ", ").append(cut_utf8(name, max_name_length));
  }
  if (total > names.size()) text += fmt::format(" and {} more", total - names.size());
  return text;
}

}  // namespace

std::string to_overview(const SheetCounts& counts, bool with_coverage) {
  std::size_t width = 4;
  for (const auto& [team, ignored] : counts.teams) {
    width = std::max(width, std::min(team.size(), max_team_width));
  }
  std::string out =
      fmt::format("{:<{}}  machines{}\n", "team", width, with_coverage ? "  seen by no agent" : "");
  for (const auto& [team, count] : counts.teams) {
    out += fmt::format(
        "{:<{}}  {:>8}", cut_utf8(clean_line(team), max_name_length), width, count.machines);
    if (with_coverage) out += fmt::format("  {:>16}", count.unseen);
    out += '\n';
  }
  out += fmt::format("{}, {} exposed to the internet or not known to be closed\n",
                     count_of(counts.machines, "machine", "machines"),
                     counts.exposed);
  return out;
}

std::vector<std::string> remarks(const SheetCounts& counts,
                                 const std::vector<std::string>& shared_addresses) {
  std::vector<std::string> lines;
  std::uint64_t unseen = 0;
  for (const auto& [team, count] : counts.teams) unseen += count.unseen;
  const auto nobody = counts.teams.find(std::string(unowned));
  if (nobody != counts.teams.end()) {
    const std::uint64_t machines = nobody->second.machines;
    lines.push_back(count_of(machines, "machine belongs", "machines belong") + " to nobody: " +
                    some_of(counts.unowned_names, machines) + "; add a rule under owners:");
  }
  if (unseen > 0) {
    lines.push_back(
        count_of(unseen, "machine is", "machines are") +
        " seen by no agent, neither Inspector nor SSM: " + some_of(counts.unseen_names, unseen));
  }
  if (counts.without_address > 0) {
    lines.push_back(count_of(counts.without_address,
                             "machine has no address: no scan reaches it: ",
                             "machines have no address: no scan reaches them: ") +
                    some_of(counts.addressless_names, counts.without_address));
  }
  for (std::size_t i = 0; i < shared_addresses.size() && i < max_listed; ++i) {
    lines.push_back(shared_addresses[i] + ": a scan of the address reaches one of them");
  }
  if (shared_addresses.size() > max_listed) {
    lines.push_back(fmt::format("{} more addresses are shared by several machines",
                                shared_addresses.size() - max_listed));
  }
  return lines;
}

}  // namespace patchbot
