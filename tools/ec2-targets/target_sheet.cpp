// SPDX-License-Identifier: Apache-2.0
#include "target_sheet.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "formats/inventory_csv.hpp"
#include "formats/inventory_writer.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_names = 5;

std::vector<std::string> states_of(const std::string& flag) {
  constexpr std::array<std::string_view, 6> known{
      "pending", "running", "shutting-down", "terminated", "stopping", "stopped"};
  std::vector<std::string> states;
  for (const std::string_view part : split(flag, ',')) {
    const std::string state = to_lower(trim(part));
    if (state == "any" || state == "all") return {};
    if (std::find(known.begin(), known.end(), state) == known.end()) {
      const auto near = closest(state, {known.begin(), known.end()});
      throw Error(Blame::usage,
                  "--state: '" + state + "' is no state of an instance; " +
                      (near ? "did you mean " + std::string(*near) + "?"
                            : "expected pending, running, stopping, stopped, shutting-down, "
                              "terminated or any"));
    }
    states.push_back(state);
  }
  return states;
}

bool is_unseen(const Target& target) {
  const AgentCoverage& coverage = target.coverage;
  return !coverage.inspector.empty() && !coverage.ssm.empty() && coverage.inspector != "active" &&
         coverage.ssm != "online";
}

// The first few by name: machines come in any order, and what is said must not change by that.
void note_name(std::vector<std::string>& names, const Target& target) {
  std::string name = display_name(target);
  names.insert(std::upper_bound(names.begin(), names.end(), name), std::move(name));
  if (names.size() > max_names) names.pop_back();
}

}  // namespace

TargetSheet::TargetSheet(const Ec2Targets& flags, const Config& config)
    : flags_(flags),
      ownership_(config),
      states_(states_of(flags.state)),
      environment_(ownership_.meaning_of(flags.environment)) {}

void TargetSheet::add(std::vector<Target> targets) {
  for (Target& target : targets) ownership_.apply(target);
  const std::lock_guard lock(mutex_);
  for (const Target& target : targets) {
    if (is_wanted(target) && keep(target)) count(target);
  }
}

bool TargetSheet::is_wanted(const Target& target) const {
  const bool state = states_.empty() || target.state.empty() ||
                     std::find(states_.begin(), states_.end(), target.state) != states_.end();
  return state && (flags_.team.empty() || equals_nocase(flags_.team, target.team)) &&
         (environment_.empty() || equals_nocase(environment_, target.environment));
}

bool TargetSheet::keep(const Target& target) {
  const auto next = static_cast<std::uint32_t>(places_.size());
  const auto [place, fresh] =
      places_.try_emplace(Place{target.account, target.region, target.vpc}, next);
  if (!target.id.empty() && !seen_.emplace(place->second, target.id).second) return false;
  Row row{place->second, target.id.empty() ? display_name(target) : target.id, {}};
  if (flags_.format != "ips") {
    row.text = spool_.add(flags_.format == "csv" ? to_csv(target) : to_json(target));
  }
  note_addresses(target);
  rows_.push_back(std::move(row));
  return true;
}

void TargetSheet::note_addresses(const Target& target) {
  const auto row = static_cast<std::uint32_t>(rows_.size());
  const auto& texts = target.addresses.empty() ? target.public_addresses : target.addresses;
  for (const std::string& text : texts) {
    if (const auto address = parse_address(text)) {
      addresses_.emplace_back(*address, row);
    } else {
      names_.insert(text);
    }
  }
}

void TargetSheet::count(const Target& target) {
  SheetCounts::Team& team = counts_.teams[target.team];
  ++team.machines;
  ++counts_.machines;
  if (target.exposed.value_or(true)) ++counts_.exposed;
  if (!target.coverage.inspector.empty() && !target.coverage.ssm.empty()) ++counts_.coverage_known;
  if (target.addresses.empty() && target.public_addresses.empty()) {
    ++counts_.without_address;
    note_name(counts_.addressless_names, target);
  }
  if (target.team == unowned) note_name(counts_.unowned_names, target);
  if (!is_unseen(target)) return;
  ++team.unseen;
  note_name(counts_.unseen_names, target);
}

std::vector<const TargetSheet::Row*> TargetSheet::rows_in_order() const {
  std::vector<std::uint32_t> rank(places_.size());
  std::uint32_t next = 0;
  for (const auto& [place, index] : places_) rank[index] = next++;
  std::vector<const Row*> order;
  order.reserve(rows_.size());
  for (const Row& row : rows_) order.push_back(&row);
  std::stable_sort(order.begin(), order.end(), [&rank](const Row* a, const Row* b) {
    return std::tie(rank[a->place], a->id) < std::tie(rank[b->place], b->id);
  });
  return order;
}

void TargetSheet::write(const InventoryHead& head,
                        const std::function<void(std::string_view)>& sink) {
  if (flags_.format == "ips") {
    write_addresses(sink);
  } else if (flags_.format == "csv") {
    sink(inventory_csv_header);
    write_rows(sink);
  } else {
    sink(inventory_head(head));
    write_rows(sink);
    sink(inventory_tail);
  }
}

void TargetSheet::write_rows(const std::function<void(std::string_view)>& sink) {
  const bool json = flags_.format == "json";
  bool first = true;
  for (const Row* row : rows_in_order()) {
    if (json) sink(first ? first_target : next_target);
    first = false;
    sink(spool_.read(row->text));
  }
}

void TargetSheet::write_addresses(const std::function<void(std::string_view)>& sink) {
  std::sort(addresses_.begin(), addresses_.end());
  for (std::size_t i = 0; i < addresses_.size(); ++i) {
    if (i > 0 && addresses_[i].first == addresses_[i - 1].first) continue;
    sink(to_text(addresses_[i].first) + "\n");
  }
  for (const std::string& name : names_) sink(name + "\n");
}

std::vector<std::string> TargetSheet::shared_addresses() {
  std::vector<const Place*> place_at(places_.size());
  for (const auto& [place, index] : places_) place_at[index] = &place;
  const auto owner = [&](std::uint32_t row) {
    const std::string& vpc = (*place_at[rows_[row].place])[2];
    return rows_[row].id + (vpc.empty() ? "" : " in " + vpc);
  };
  std::vector<std::uint32_t> rank(rows_.size());
  std::uint32_t next = 0;
  for (const Row* row : rows_in_order())
    rank[static_cast<std::size_t>(row - rows_.data())] = next++;
  std::sort(addresses_.begin(), addresses_.end(), [&rank](const auto& a, const auto& b) {
    return std::tie(a.first, rank[a.second]) < std::tie(b.first, rank[b.second]);
  });
  std::vector<std::string> shared;
  for (std::size_t i = 1; i < addresses_.size(); ++i) {
    const auto& [address, row] = addresses_[i];
    if (address != addresses_[i - 1].first || row == addresses_[i - 1].second) continue;
    shared.push_back(to_text(address) + " is " + owner(addresses_[i - 1].second) + " and " +
                     owner(row));
  }
  return shared;
}

}  // namespace patchbot
