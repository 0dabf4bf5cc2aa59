// SPDX-License-Identifier: Apache-2.0
#include "stored_amis.hpp"

#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "services/aws/ssm.hpp"
#include "templates/ami_id.hpp"

namespace patchbot {
namespace {

// Of one place.
constexpr std::size_t most_names = 1000;
constexpr std::size_t most_proposed = 200;  // besides: pull requests may name any number

std::string called(const std::string& name) {
  return "the parameter " + clean_line(name.substr(0, 200)) + " of Systems Manager ";
}

std::string in(const aws::Unit& unit) { return "in " + words_for({unit.account->id, unit.region}); }

StoredAmis::Answer answer_of(const std::map<std::string, aws::StoredParameter>& values,
                             const std::string& name,
                             const aws::Unit& unit) {
  const auto value = values.find(name);
  if (value == values.end())
    return {{}, called(name) + "is not there, or is encrypted, " + in(unit)};
  if (!is_ami_list(value->second.value)) return {{}, called(name) + "holds no AMI " + in(unit)};
  return {value->second.value, {}, value->second.modified};
}

// Versions of one parameter are no names beside each other.
std::string without_version(const std::string& name) {
  const auto slash = name.rfind('/');
  const auto colon = name.find(':', slash == std::string::npos ? 0 : slash);
  return name.substr(0, colon);
}

using Batch = std::vector<std::string>;

std::vector<Batch> batches_of(const std::vector<std::string>& names) {
  std::vector<Batch> batches;
  std::set<std::string> without_versions;  // of the last batch
  for (const std::string& name : names) {
    const bool is_full = batches.empty() || batches.back().size() >= aws::most_parameters ||
                         without_versions.contains(without_version(name));
    if (is_full) {
      batches.emplace_back();
      without_versions.clear();
    }
    batches.back().push_back(name);
    without_versions.insert(without_version(name));
  }
  return batches;
}

}  // namespace

StoredAmis::Answer StoredAmis::of(const AwsPlace& place, const std::string& name) {
  if (!aws::may_be_parameter(name)) {
    return {{}, "'" + clean_line(name.substr(0, 200)) + "' is no name in Systems Manager"};
  }
  const Answers& known = known_[place];
  if (const auto found = known.find(name); found != known.end()) return found->second;
  Noted& noted = noted_[place];
  const bool is_main = whose_ == From::main;
  const std::size_t most = is_main ? most_names : most_names + most_proposed;
  if (noted.size() < most) noted.emplace(name, whose_);
  return {{}, called(name) + "was not looked up"};
}

void StoredAmis::ask(aws::RegionWalk& walk) {
  const auto noted = std::exchange(noted_, {});
  walk.again([&](const aws::Unit& unit, aws::Client& client) {
    const AwsPlace place{unit.account->id, unit.region};
    const auto found = noted.find(place);
    if (found == noted.end()) return;
    Answers answers;
    for (const auto& [name, whose] : found->second) {
      answers[name] = {{}, called(name) + "could not be read " + in(unit)};
    }
    walk.attempt(*unit.account, [&] { ask_for(found->second, unit, client, walk, answers); });
    const std::lock_guard lock(mutex_);
    known_[place].merge(answers);
  });
}

// One that may not be read spoils the call for all: then each is asked for by itself. A service
// that does not answer is asked no further.
void StoredAmis::ask_for(const Noted& noted,
                         const aws::Unit& unit,
                         aws::Client& client,
                         aws::RegionWalk& walk,
                         Answers& answers) {
  std::vector<std::string> names;
  names.reserve(noted.size());
  for (const auto& [name, whose] : noted) names.push_back(name);
  const auto ask = [&](const Batch& some) {
    const auto values = aws::parameters(client, some);
    if (!values) return false;
    for (const std::string& name : some) answers[name] = answer_of(*values, name, unit);
    return true;
  };
  std::string refused;
  for (const Batch& batch : batches_of(names)) {
    if (ask(batch)) continue;
    for (const std::string& name : batch) {
      const bool is_read = batch.size() > 1 && ask({name});
      if (!is_read && refused.empty() && noted.at(name) == From::main) refused = name;
    }
  }
  if (refused.empty()) return;
  walk.report(client.label(aws::get_parameters) + ": " + called(refused) +
              "may not be read; the role needs ssm:GetParameters for it (docs/aws-access.md)");
}

}  // namespace patchbot
