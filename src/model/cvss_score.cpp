// SPDX-License-Identifier: Apache-2.0
#include "model/cvss_score.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"

namespace patchbot {
namespace {

struct Weight {
  std::string_view metric;
  double value;
};

// PR and S depend on each other and are looked up by themselves.
constexpr std::array<Weight, 17> weights{{{"AV:N", 0.85},
                                          {"AV:A", 0.62},
                                          {"AV:L", 0.55},
                                          {"AV:P", 0.2},
                                          {"AC:L", 0.77},
                                          {"AC:H", 0.44},
                                          {"UI:N", 0.85},
                                          {"UI:R", 0.62},
                                          {"C:H", 0.56},
                                          {"C:L", 0.22},
                                          {"C:N", 0},
                                          {"I:H", 0.56},
                                          {"I:L", 0.22},
                                          {"I:N", 0},
                                          {"A:H", 0.56},
                                          {"A:L", 0.22},
                                          {"A:N", 0}}};
constexpr std::array<Weight, 3> privileges{{{"PR:N", 0.85}, {"PR:L", 0.62}, {"PR:H", 0.27}}};
constexpr std::array<Weight, 3> privileges_changed{{{"PR:N", 0.85}, {"PR:L", 0.68}, {"PR:H", 0.5}}};

class Vector {
 public:
  explicit Vector(std::string_view text) : metrics_(split(text, '/')) {}

  bool has(std::string_view metric) const {
    return std::find(metrics_.begin(), metrics_.end(), metric) != metrics_.end();
  }

  // Of the one metric with that name; what is missing makes the vector useless.
  template <std::size_t size>
  double weight(const std::array<Weight, size>& table, std::string_view name) {
    for (const Weight& known : table) {
      if (known.metric.starts_with(name) && has(known.metric)) return known.value;
    }
    whole_ = false;
    return 0;
  }

  bool whole() const { return whole_; }

 private:
  std::vector<std::string_view> metrics_;
  bool whole_ = true;
};

// The smallest number with one decimal that is not below, without the noise of binary fractions.
double round_up(double score) {
  const auto fine = std::llround(score * 100000);
  return static_cast<double>(fine % 10000 == 0 ? fine / 10000 : fine / 10000 + 1) / 10;
}

double impact_of(double untouched, bool changed) {
  const double loss = 1 - untouched;
  return changed ? 7.52 * (loss - 0.029) - 3.25 * std::pow(loss - 0.02, 15) : 6.42 * loss;
}

}  // namespace

std::optional<double> cvss3_base_score(std::string_view text) {
  if (!text.starts_with("CVSS:3.0/") && !text.starts_with("CVSS:3.1/")) return {};
  Vector vector(text);
  const bool changed = vector.has("S:C");
  if (!changed && !vector.has("S:U")) return {};
  const double exploitability = 8.22 * vector.weight(weights, "AV:") *
                                vector.weight(weights, "AC:") * vector.weight(weights, "UI:") *
                                vector.weight(changed ? privileges_changed : privileges, "PR:");
  const double untouched = (1 - vector.weight(weights, "C:")) * (1 - vector.weight(weights, "I:")) *
                           (1 - vector.weight(weights, "A:"));
  if (!vector.whole()) return {};
  const double impact = impact_of(untouched, changed);
  if (impact <= 0) return 0;
  return round_up(std::min((changed ? 1.08 : 1.0) * (impact + exploitability), 10.0));
}

}  // namespace patchbot
