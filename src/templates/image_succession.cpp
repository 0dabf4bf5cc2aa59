// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "model/inventory.hpp"
#include "templates/image_checks.hpp"
#include "templates/instance_types.hpp"

namespace patchbot {
namespace {

// An instance type that the image cannot run on; whether any was told at all.
struct Fit {
  bool is_told = false;
  std::string unfit;
};

Fit fit_types(std::string_view architecture, const std::vector<std::string>& types) {
  Fit fit;
  const std::string_view own = architecture == "i386" ? "x86_64" : architecture;
  for (const std::string& type : types) {
    const std::string_view wanted = architecture_of_type(type);
    if (wanted.empty()) continue;
    fit.is_told = true;
    if (wanted != own && fit.unfit.empty()) fit.unfit = type;
  }
  return fit;
}

}  // namespace

void check_architecture(const Image& image,
                        const std::vector<std::string>& instance_types,
                        const Image* before,
                        ImageHits& hits) {
  if (image.architecture.empty() || image.architecture.ends_with("_mac")) return;
  const std::string what = named(image) + " is for " + image.architecture;
  const Fit fit = fit_types(image.architecture, instance_types);
  if (!fit.unfit.empty()) {
    hits.push_back({"wrong-architecture",
                    GateLevel::fail,
                    what + ", and " + std::string(cut_utf8(fit.unfit, 40)) + " has processors of " +
                        std::string(architecture_of_type(fit.unfit))});
    return;
  }
  const bool is_known = before != nullptr && !before->architecture.empty();
  if (fit.is_told || !is_known || before->architecture == image.architecture) return;
  hits.push_back(
      {"wrong-architecture",
       GateLevel::fail,
       what + ", and replaces " + named(*before) + ", which is for " + before->architecture});
}

void check_succession(const Image& before, const Image& after, ImageHits& hits) {
  if (before.name.empty() || after.name.empty()) return;
  const std::string old_family = ami_family(before.name);
  const std::string family = ami_family(after.name);
  if (old_family != family) {
    hits.push_back({"family-changed",
                    GateLevel::warn,
                    named(after) + " is of another family than " + named(before) + ": " + family +
                        " instead of " + old_family});
  }
  if (!before.created || !after.created || *after.created >= *before.created) return;
  hits.push_back({"downgrade",
                  old_family == family ? GateLevel::fail : GateLevel::warn,
                  named(after) + " of " + day_of(*after.created) + " is older than " +
                      named(before) + " of " + day_of(*before.created) + ", which it replaces"});
}

}  // namespace patchbot
