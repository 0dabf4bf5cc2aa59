// SPDX-License-Identifier: Apache-2.0
#include "agents.hpp"

#include "base/text.hpp"
#include "services/aws/ssm.hpp"

namespace patchbot {
namespace {

// "UNMANAGED_EC2_INSTANCE" is "unmanaged-ec2-instance".
std::string word_of(std::string_view constant) {
  std::string word = to_lower(constant);
  for (char& c : word) {
    if (c == '_' || c == ' ') c = '-';
  }
  return word;
}

}  // namespace

void Agents::ask(aws::Client& client,
                 const std::function<void(const std::function<void()>&)>& attempt) {
  attempt([&] { pings_ = aws::ssm_pings(client); });
  attempt([&] { inspected_ = aws::inspects_instances(client); });
  if (!inspected_.value_or(false)) return;
  attempt([&] { inspector_ = aws::inspector_coverage(client); });
  attempt([&] { reachable_ = aws::reachable_instances(client); });
}

void Agents::note(Target& target) const {
  target.coverage.inspector = inspector_word(target);
  target.coverage.ssm = ssm_word(target);
  if (!reachable_) return;
  if (reachable_->contains(target.id)) target.exposed = true;
  if (target.exposed || !inspector_) return;
  // Only what Inspector looks at and finds nothing on is closed; all else stays unknown.
  const auto found = inspector_->find(target.id);
  if (found != inspector_->end() && found->second.network_active) target.exposed = false;
}

std::string Agents::inspector_word(const Target& target) const {
  if (inspected_ && !*inspected_) return "disabled";
  if (!inspector_) return {};
  const auto found = inspector_->find(target.id);
  if (found == inspector_->end() || found->second.packages.empty()) return "not-covered";
  return word_of(found->second.packages);
}

std::string Agents::ssm_word(const Target& target) const {
  if (!pings_) return {};
  const auto found = pings_->find(target.id);
  if (found == pings_->end()) return "not-managed";
  return equals_nocase(found->second, "ConnectionLost") ? "connection-lost"
                                                        : word_of(found->second);
}

}  // namespace patchbot
