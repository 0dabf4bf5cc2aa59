// SPDX-License-Identifier: Apache-2.0
#include "formats/scan_state_json.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/json_writer.hpp"
#include "formats/vex/whole_json.hpp"

namespace patchbot {
namespace {

using Step = ScanState::Step;

constexpr std::array<std::pair<std::string_view, Step>, 5> steps{
    std::pair<std::string_view, Step>{"making", Step::making},
    {"made", Step::made},
    {"launching", Step::launching},
    {"launched", Step::launched},
    {"next_part", Step::next_part}};

[[noreturn]] void fail(const std::string& why) {
  throw Error(Blame::input, why + "; remove the file to begin anew");
}

Step step_called(const std::string& name) {
  for (const auto& [known, step] : steps) {
    if (known == name) return step;
  }
  fail("unknown step '" + name + "'");
}

// The first one where nothing is said.
std::size_t part_in(const Node& said) {
  if (!said) return 1;
  const auto part = parse_integer(said.line());
  constexpr long most = 1'000'000;
  if (!part || *part < 1 || *part > most) fail("'part' must be a number from 1");
  return static_cast<std::size_t>(*part);
}

}  // namespace

ScanState parse_scan_state(std::string_view text) {
  const WholeJson document(text);
  const Node root = document.root();
  if (root["schema"].line() != "patchbot.scan/1") fail("is no state of a scan (patchbot.scan/1)");
  ScanState state;
  state.step = step_called(root["step"].line());
  state.url = root["url"].line();
  state.name = root["name"].line();
  state.is_ours = root["is_ours"].boolean().value_or(false);
  state.scan = root["scan"].line();
  for (const Node run : root["known_runs"].items()) state.known_runs.push_back(run.line());
  state.run_uuid = root["run_uuid"].line();
  state.run_id = root["run_id"].line();
  state.job = root["job"].line();
  state.targets = root["targets"].line();
  state.part = part_in(root["part"]);
  if (state.job.empty()) fail("lacks the job");
  const bool is_begun = state.step != Step::next_part;
  const bool has_scan = !state.scan.empty() || state.step == Step::making || !is_begun;
  const bool has_name = !state.name.empty() || !is_begun;
  if (state.url.empty() || !has_name || !has_scan) fail("lacks the server or the scan");
  return state;
}

std::string to_json(const ScanState& state) {
  std::string out;
  JsonWriter json(out);
  json.open_object()
      .member("schema", "patchbot.scan/1")
      .member("step", steps.at(static_cast<std::size_t>(state.step)).first)
      .member("url", state.url)
      .member_if("name", state.name)
      .key("is_ours")
      .boolean(state.is_ours)
      .member_if("scan", state.scan);
  json.key("known_runs").open_array();
  for (const std::string& run : state.known_runs) json.text(run);
  json.close_array();
  json.member_if("run_uuid", state.run_uuid)
      .member_if("run_id", state.run_id)
      .member("job", state.job)
      .member("targets", state.targets);
  if (state.part > 1) json.count("part", state.part);
  json.close_object();
  return out + "\n";
}

}  // namespace patchbot
