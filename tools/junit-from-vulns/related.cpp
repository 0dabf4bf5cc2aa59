// SPDX-License-Identifier: Apache-2.0
#include "related.hpp"

#include <algorithm>
#include <tuple>

#include "base/hash.hpp"

namespace patchbot {
namespace {

auto order_of(const Digest& digest) { return std::tuple(digest.high, digest.low); }

}  // namespace

std::uint16_t RelatedFindings::source_index(const std::string& source) {
  const auto known = std::find(sources_.begin(), sources_.end(), source);
  if (known != sources_.end()) return static_cast<std::uint16_t>(known - sources_.begin());
  sources_.push_back(source);
  return static_cast<std::uint16_t>(sources_.size() - 1);
}

void RelatedFindings::add(const Finding& finding) {
  if (finding.vuln_ids.empty()) return;
  const std::uint16_t source = source_index(finding.source);
  for (const std::string& id : finding.vuln_ids) {
    const Digest key = Hasher().add(finding.asset.id).add(finding.environment).add(id).digest();
    mentions_.push_back({key.low, finding.id, source});
  }
}

void RelatedFindings::link() {
  if (sources_.size() > 1) {
    std::sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) {
      return std::tuple(a.vulnerability, order_of(a.finding)) <
             std::tuple(b.vulnerability, order_of(b.finding));
    });
    const Mention* const end = mentions_.data() + mentions_.size();
    for (const Mention* first = mentions_.data(); first != end;) {
      const Mention* const last = std::find_if(first, end, [first](const Mention& mention) {
        return mention.vulnerability != first->vulnerability;
      });
      link_group(first, last);
      first = last;
    }
    for (auto& [finding, links] : links_) {
      std::sort(links.begin(), links.end(), [](const Digest& a, const Digest& b) {
        return order_of(a) < order_of(b);
      });
    }
  }
  mentions_ = {};
}

void RelatedFindings::link_group(const Mention* begin, const Mention* end) {
  for (const Mention* one = begin; one != end; ++one) {
    for (const Mention* other = begin; other != end; ++other) {
      if (other->source == one->source) continue;
      std::vector<Digest>& links = links_[one->finding];
      if (links.size() == max_links) break;
      const bool known = std::find(links.begin(), links.end(), other->finding) != links.end();
      if (!known) links.push_back(other->finding);
    }
  }
}

const std::vector<Digest>& RelatedFindings::of(const Digest& finding) const {
  static const std::vector<Digest> none;
  const auto found = links_.find(finding);
  return found == links_.end() ? none : found->second;
}

}  // namespace patchbot
