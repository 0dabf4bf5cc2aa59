// SPDX-License-Identifier: Apache-2.0
#include "templates/server_rules.hpp"

#include <set>
#include <unordered_map>

#include "templates/ami_id.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

// Another way to an AMI is one where servers get another AMI by it.
bool is_change(const AmiChange& one) {
  if (!one.arriving.empty() && !one.leaving.empty()) return true;
  return one.change.kind == TemplateChange::Kind::changed && !one.change.to.empty();
}

// One reason is said once, however many cells of a map change.
void does_not_roll(const TemplateReview& review, std::vector<RuleHit>& hits) {
  std::set<std::string> said;
  for (const AmiChange& one : review.ami_changes) {
    if (!is_change(one) || one.rolling.verdict != Rolling::Verdict::no) continue;
    if (!said.insert(one.rolling.reason).second) continue;
    hits.push_back({"does-not-roll",
                    GateLevel::warn,
                    "deploying this does not replace the servers: " + one.rolling.reason,
                    one.change.place});
  }
}

// UpdateReplacePolicy decides what becomes of the old one; Retain alone keeps an instance.
bool is_kept(const TemplateNode& resource) {
  const TemplateNode* const policy = resource.find("UpdateReplacePolicy");
  return policy != nullptr && (!policy->is_scalar() || policy->text == "Retain");
}

void stateful_replacement(const TemplateNode& head,
                          const TemplateReview& review,
                          std::vector<RuleHit>& hits) {
  const std::vector<TemplateResource> resources = resources_of(head);
  std::unordered_map<std::string, const TemplateNode*> instances;
  for (const TemplateResource& resource : resources) {
    if (resource.type() == "AWS::EC2::Instance" && !is_kept(*resource.node)) {
      instances.emplace(resource.id, resource.node);
    }
  }
  for (const AmiChange& one : review.ami_changes) {
    if (!is_change(one)) continue;
    for (const AmiUse& use : one.uses) {
      if (instances.erase(use.resource) == 0) continue;
      hits.push_back({"stateful-replacement",
                      GateLevel::warn,
                      use.resource +
                          " is replaced, and what is on its own volumes is lost: it has no "
                          "UpdateReplacePolicy: Retain",
                      one.change.place});
    }
  }
}

void literal_ami(const TemplateReview& review, std::vector<RuleHit>& hits) {
  for (const AmiChange& one : review.ami_changes) {
    const bool is_literal = one.kind == AmiChange::Kind::literal && is_ami_id(one.change.to) &&
                            one.change.path.starts_with("Resources/");
    if (!is_literal) continue;
    hits.push_back({"literal-ami",
                    GateLevel::none,
                    one.change.to + " is written into the resource; a parameter or a map is where "
                                    "AMIs belong",
                    one.change.place});
  }
}

void unresolved_ami(const TemplateReview& review, std::vector<RuleHit>& hits) {
  for (const UnresolvedAmi& one : review.new_unresolved) {
    const std::string what =
        one.use.resource.empty() ? std::string() : one.use.resource + " " + one.use.property + ": ";
    hits.push_back({"unresolved-ami", GateLevel::note, what + one.reason, one.place});
  }
}

}  // namespace

std::vector<RuleHit> server_rules(const TemplateNode& head, const TemplateReview& review) {
  std::vector<RuleHit> hits;
  does_not_roll(review, hits);
  stateful_replacement(head, review, hits);
  literal_ami(review, hits);
  unresolved_ami(review, hits);
  return hits;
}

}  // namespace patchbot
