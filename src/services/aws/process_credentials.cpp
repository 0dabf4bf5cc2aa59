// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/process.hpp"
#include "base/utf8.hpp"
#include "services/aws/credential_links.hpp"
#include "services/aws/flat_json.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

constexpr std::size_t shown_errors = 500;

// Neither the command nor what it prints is shown: both may hold a secret. What it says on standard
// error is meant for people.
Credentials run(const std::vector<std::string>& command, const std::string& what) {
  ProcessResult result;
  try {
    result = run_program(command);
  } catch (const Error& error) {
    throw error.in(what);
  }
  if (result.exit_code != 0) {
    std::string text = what + " fails with status " + std::to_string(result.exit_code);
    const std::string errors(cut_utf8(clean_line(result.errors), shown_errors));
    throw Error(Blame::remote, errors.empty() ? text : text + ": " + errors);
  }
  const FlatJson answer = read_flat_json(result.output, what);
  if (value_in(answer, "Version") != "1") {
    throw Error(Blame::remote, what + ": expected \"Version\": 1 in the answer");
  }
  return read_credentials(answer, "SessionToken", what);
}

}  // namespace

Offer from_process(const ChainContext& context, const std::string& profile) {
  const std::string text = context.profiles->value(profile, "credential_process");
  if (text.empty()) return {nullptr, profile_text(profile) + " has none"};
  const std::string what = "credential_process of " + profile_text(profile);
  std::vector<std::string> command;
  try {
    command = split_command(text);
  } catch (const Error& error) {
    throw error.in(what);
  }
  auto fetch = [command = std::move(command), what] { return run(command, what); };
  return {std::make_shared<RefreshingSource>(context.session.clock, std::move(fetch)), {}};
}

}  // namespace patchbot::aws
