// SPDX-License-Identifier: Apache-2.0
#include "rules/vex_match.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace patchbot {

std::ostream& operator<<(std::ostream& out, Fit fit) {
  return out << (fit == Fit::yes ? "yes" : fit == Fit::maybe ? "maybe" : "no");
}

namespace {

VexProduct purl(const std::string& text) {
  return {text, {parse_purl(text).value()}, "", "", false};
}
VexProduct named(const std::string& name, const std::string& version = "") {
  return {name, {}, name, version, false};
}

Finding with_purl(const std::string& text, const std::string& installed = "") {
  Finding finding;
  finding.location.purl = text;
  finding.location.package = parse_purl(text).value().name;
  finding.location.installed = installed;
  return finding;
}

Finding with_name(const std::string& package,
                  const std::string& installed = "",
                  const std::string& type = "") {
  Finding finding;
  finding.location.package = package;
  finding.location.installed = installed;
  finding.location.package_type = type;
  return finding;
}

Finding on_asset(const std::string& name) {
  Finding finding = with_name("curl", "7", "debian");
  finding.asset.id = "1/eu/app";
  finding.asset.name = name;
  return finding;
}

Fit fit(const VexProduct& product, const Finding& finding, Runs runs = Runs::unknown) {
  VexDocument document;
  document.products = {product};
  return fit_of(document, {0, {}}, finding, runs);
}

Fit fit_in(const VexProduct& product,
           const VexProduct& component,
           const Finding& finding,
           Runs runs = Runs::unknown) {
  VexDocument document;
  document.products = {product, component};
  return fit_of(document, {0, 1}, finding, runs);
}

TEST(VexMatch, PackageUrlsCompareTypeNamespaceNameAndVersion) {
  const Finding finding = with_purl("pkg:deb/debian/curl@7.88?arch=amd64&distro=debian-12");
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), finding), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl"), finding), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.89"), finding), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/debian/libcurl"), finding), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/ubuntu/curl@7.88"), finding), Fit::no);
  EXPECT_EQ(fit(purl("pkg:apk/debian/curl@7.88"), finding), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/curl@7.88"), finding), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:npm/a"), with_purl("pkg:npm/%40acme/a")), Fit::no);
}

TEST(VexMatch, QualifiersOfTheStatementMustBeTheFindingsToo) {
  const Finding finding = with_purl("pkg:deb/debian/curl@7.88?arch=amd64");
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88?arch=amd64"), finding), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88?arch=arm64"), finding), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88?distro=debian-12"), finding), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:maven/g/a@1?type=jar"), with_purl("pkg:maven/g/a@1")), Fit::yes);
}

TEST(VexMatch, AnEpochMayStandInTwoPlaces) {
  const Finding finding = with_purl("pkg:rpm/redhat/bash@5.1?epoch=1");
  EXPECT_EQ(fit(purl("pkg:rpm/redhat/bash@1:5.1"), finding), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:rpm/redhat/bash@5.1?epoch=1"), finding), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:rpm/redhat/bash@5.1"), finding), Fit::no);
  EXPECT_EQ(fit(purl("pkg:rpm/redhat/bash@0:5.1"), with_purl("pkg:rpm/redhat/bash@5.1")), Fit::yes);
}

TEST(VexMatch, AFindingWithoutPackageUrlGoesByNameTypeAndVersion) {
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl", "7.88")), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl", "7.88", "OS")), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:npm/curl@7.88"), with_name("curl", "7.88", "OS")), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl", "7.88", "ubuntu")), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:deb/curl@7.88"), with_name("curl", "7.88", "ubuntu")), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl", "7.88", "debian")), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl", "7.88", "npm")), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl", "7.89")), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl@7.88"), with_name("curl")), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl"), with_name("curl", "8", "debian")), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl"), with_name("curl-doc", "8")), Fit::no);
  EXPECT_EQ(fit(purl("pkg:deb/debian/curl"), Finding()), Fit::no);
}

TEST(VexMatch, ANamespaceThatIsPartOfTheNameCounts) {
  EXPECT_EQ(fit(purl("pkg:maven/org.acme/lib@1"), with_name("org.acme:lib", "1", "jar")), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:maven/org.acme/lib@1"), with_name("lib", "1", "jar")), Fit::no);
  EXPECT_EQ(fit(purl("pkg:npm/%40acme/a@1"), with_name("@acme/a", "1", "npm")), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:pypi/foo-bar@1"), with_name("Foo_Bar", "1", "python-pkg")), Fit::yes);
}

TEST(VexMatch, ANamedProductIsAPackageOrAnAsset) {
  EXPECT_EQ(fit(named("curl", "7"), with_name("curl", "7")), Fit::yes);
  EXPECT_EQ(fit(named("curl", "7"), with_name("curl", "8")), Fit::no);
  EXPECT_EQ(fit(named("app"), on_asset("app")), Fit::yes);
  EXPECT_EQ(fit(named("1/eu/app"), on_asset("")), Fit::yes);
  EXPECT_EQ(fit(named("app", "2"), on_asset("app")), Fit::maybe);
  EXPECT_EQ(fit(named("app", "2"), on_asset("app:2")), Fit::yes);
  EXPECT_EQ(fit(named("app", "2"), on_asset("app:3")), Fit::no);
  EXPECT_EQ(fit(named("other"), on_asset("app")), Fit::no);
}

TEST(VexMatch, AVagueVersionIsNeverEnough) {
  VexProduct product = named("curl", "<8");
  product.is_vague = true;
  EXPECT_EQ(fit(product, with_name("curl", "7")), Fit::maybe);
  EXPECT_EQ(fit(product, with_name("wget", "7")), Fit::no);
}

TEST(VexMatch, AnImageIsItsRepositoryAndItsDigestOrTag) {
  const VexProduct shop = purl("pkg:oci/shop@sha256:AA?repository_url=r.example/acme/shop");
  EXPECT_EQ(fit(shop, on_asset("r.example/acme/shop@sha256:aa")), Fit::yes);
  EXPECT_EQ(fit(shop, on_asset("r.example/acme/shop@sha256:bb")), Fit::no);
  EXPECT_EQ(fit(shop, on_asset("r.example/acme/shop:1")), Fit::maybe);
  EXPECT_EQ(fit(shop, on_asset("r.example/evil/shop:1")), Fit::no);
  const VexProduct tagged = purl("pkg:oci/shop?repository_url=r.example/acme&tag=1.4");
  EXPECT_EQ(fit(tagged, on_asset("r.example/acme/shop:1.4")), Fit::yes);
  EXPECT_EQ(fit(tagged, on_asset("r.example/acme/shop:1.5")), Fit::no);
  EXPECT_EQ(fit(purl("pkg:oci/shop?tag=1.4"), on_asset("r.example/acme/shop:1.4")), Fit::maybe);
  EXPECT_EQ(fit(purl("pkg:docker/library/alpine@3.20"), on_asset("alpine:3.20")), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:docker/acme/shop@1"), on_asset("docker.io/acme/shop:1")), Fit::yes);
}

TEST(VexMatch, AComponentCountsInItsProductOnly) {
  const VexProduct curl = purl("pkg:deb/debian/curl@7");
  const VexProduct shop = purl("pkg:oci/shop?repository_url=r.example/acme&tag=1");
  EXPECT_EQ(fit_in(shop, curl, on_asset("r.example/acme/shop:1")), Fit::yes);
  EXPECT_EQ(fit_in(shop, curl, on_asset("r.example/acme/other:1")), Fit::no);
  EXPECT_EQ(fit_in(shop, purl("pkg:deb/debian/wget"), on_asset("r.example/acme/shop:1")), Fit::no);
  EXPECT_EQ(fit_in(named("Acme OS 9"), curl, on_asset("host")), Fit::no);
  EXPECT_EQ(fit_in(named("Acme OS 9"), curl, on_asset("host"), Runs::here), Fit::yes);
}

TEST(VexMatch, WhereAProductRunsSaysNothingOfOtherPackages) {
  EXPECT_EQ(fit(named("Acme appliance"), on_asset("host"), Runs::here), Fit::yes);
  EXPECT_EQ(fit(purl("pkg:deb/debian/wget"), on_asset("host"), Runs::here), Fit::no);
  EXPECT_EQ(fit(named("curl", "8"), on_asset("host"), Runs::here), Fit::no);
}

TEST(VexMatch, KnowsWhatNoFindingCanFit) {
  VexDocument document;
  document.products = {purl("pkg:npm/a"), named("os"), VexProduct{"ref-1", {}, "", "", false}};
  EXPECT_TRUE(is_recognisable(document, {0, {}}, Runs::unknown));
  EXPECT_TRUE(is_recognisable(document, {1, {}}, Runs::unknown));
  EXPECT_FALSE(is_recognisable(document, {2, {}}, Runs::unknown));
  EXPECT_TRUE(is_recognisable(document, {2, {}}, Runs::here));
  EXPECT_TRUE(is_recognisable(document, {1, 0}, Runs::unknown));
  EXPECT_FALSE(is_recognisable(document, {0, 0}, Runs::unknown));
  EXPECT_FALSE(is_recognisable(document, {1, 2}, Runs::here));
}

}  // namespace
}  // namespace patchbot
