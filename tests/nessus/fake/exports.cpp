// SPDX-License-Identifier: Apache-2.0
#include "exports.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report.hpp"

namespace patchbot::test::fake {
namespace {

constexpr const char* cloud_prefix = "SSE-";
constexpr const char* token_prefix = "tok";

std::string file_name(const Scan& scan) {
  std::string name = scan.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') c = '_';
  }
  return name + ".nessus";
}

std::string without(const std::string& name, const std::string& prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

}  // namespace

bool Exports::answer(Exchange& exchange) {
  if (exchange.is("POST", "scans/*/export")) {
    start(exchange);
  } else if (exchange.is("GET", "scans/*/export/*/status")) {
    answer_export(exchange, without(exchange.part(3), cloud_prefix), true);
  } else if (exchange.is("GET", "scans/*/export/*/download")) {
    answer_export(exchange, without(exchange.part(3), cloud_prefix), false);
  } else if (exchange.is("GET", "tokens/*/status")) {
    answer_export(exchange, without(exchange.part(1), token_prefix), true);
  } else if (exchange.is("GET", "tokens/*/download")) {
    answer_export(exchange, without(exchange.part(1), token_prefix), false);
  } else {
    return false;
  }
  return true;
}

void Exports::start(Exchange& exchange) {
  const Scan* const scan = scans_.called(exchange.id(1));
  const Run* const run = scan == nullptr ? nullptr : scan->run_asked(exchange);
  if (run == nullptr) return exchange.not_found();
  if (goes_on(world_, *run) || status_of(world_, *run) == "publishing") {
    return exchange.refuse(409, "Can not export running scans");
  }
  const long id = world_.next_id++;
  std::size_t& dead = world_.settings.dead_exports;
  exports_[id] = {scan->id, run->id, world_.now() + world_.settings.export_time, dead > 0};
  if (dead > 0) --dead;
  const std::string number = std::to_string(id);
  if (world_.is_cloud()) return exchange.say({{"file", cloud_prefix + number}});
  if (world_.flavour == Flavour::nessus6) return exchange.say({{"file", id}});
  exchange.say({{"file", id}, {"token", token_prefix + number}});
}

void Exports::answer_export(Exchange& exchange, const std::string& name, bool is_status) {
  const auto found = exports_.find(parse_integer(name).value_or(-1));
  if (found == exports_.end() || scans_.called(found->second.scan) == nullptr) {
    return exchange.not_found();
  }
  const bool is_ready = world_.now() >= found->second.ready;
  const bool is_dead = is_ready && found->second.is_dead;
  if (!is_status) return send(found->second, exchange);
  exchange.say({{"status", is_dead ? "error" : is_ready ? "ready" : "loading"}});
}

void Exports::send(const Export& wanted, Exchange& exchange) {
  const Scan& scan = *scans_.called(wanted.scan);
  const auto run = std::find_if(
      scan.runs.begin(), scan.runs.end(), [&](const Run& one) { return one.id == wanted.run; });
  Report report = report_of(world_, *run, std::to_string(scan.id));
  std::size_t& cut = world_.settings.cut_downloads;
  if (cut > 0) {
    --cut;
    report.size /= 2;
  }
  exchange.send(report.bytes, report.size, file_name(scan));
}

}  // namespace patchbot::test::fake
