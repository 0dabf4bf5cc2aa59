// SPDX-License-Identifier: Apache-2.0
#include "stored_amis.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "services/aws/ssm.hpp"
#include "templates/ami_id.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_names = 1000;  // of one place: pull requests may name any number

std::string called(const std::string& name) {
  return "the parameter " + clean_line(name.substr(0, 200)) + " of Systems Manager ";
}

std::string in(const aws::Unit& unit) { return "in " + words_for({unit.account->id, unit.region}); }

StoredAmis::Answer answer_of(const std::map<std::string, aws::StoredParameter>& values,
                             const std::string& name,
                             const aws::Unit& unit) {
  const auto value = values.find(name);
  if (value == values.end()) return {{}, called(name) + "is not there " + in(unit)};
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
  for (const std::string& name : names) {
    const auto takes = [&](const Batch& batch) {
      return batch.size() < aws::most_parameters &&
             without_version(batch.back()) != without_version(name);
    };
    const bool is_next = !batches.empty() && takes(batches.back());
    if (!is_next) batches.emplace_back();
    batches.back().push_back(name);
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
  Answers& noted = noted_[place];
  if (noted.size() < most_names) noted[name];
  return {{}, called(name) + "was not looked up"};
}

void StoredAmis::ask(aws::RegionWalk& walk) {
  const auto noted = std::exchange(noted_, {});
  walk.again([&](const aws::Unit& unit, aws::Client& client) {
    const AwsPlace place{unit.account->id, unit.region};
    const auto found = noted.find(place);
    if (found == noted.end()) return;
    std::vector<std::string> names;
    names.reserve(found->second.size());
    for (const auto& [name, none] : found->second) names.push_back(name);
    Answers answers;
    for (const Batch& batch : batches_of(names)) ask_for(batch, unit, client, walk, answers);
    const std::lock_guard lock(mutex_);
    known_[place].merge(answers);
  });
}

// One that may not be read spoils the call for all: then each is asked for by itself.
void StoredAmis::ask_for(const std::vector<std::string>& names,
                         const aws::Unit& unit,
                         aws::Client& client,
                         aws::RegionWalk& walk,
                         Answers& answers) {
  const auto ask = [&](const std::vector<std::string>& some) {
    const auto values = aws::parameters(client, some);
    for (const std::string& name : some) answers[name] = answer_of(values, name, unit);
  };
  try {
    return ask(names);
  } catch (const Error&) {
  }
  for (const std::string& name : names) {
    const bool went_well = walk.attempt(*unit.account, [&] { ask({name}); });
    if (!went_well) answers[name] = {{}, called(name) + "could not be read " + in(unit)};
  }
}

}  // namespace patchbot
