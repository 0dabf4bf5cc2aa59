#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The fake Jenkins itself: it answers as a Jenkins does."""
import base64
import json
import unittest
import urllib.error
import urllib.request
from urllib.parse import quote

from servers.jenkins import Jenkins
from servers.loopback import Answer

BUILDS = "builds[number,result,building,duration,url]{0,2}"
NO_REDIRECT = urllib.request.build_opener(
    type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None}))


class JenkinsServerTest(unittest.TestCase):
    def setUp(self):
        self.server = Jenkins().__enter__()
        self.addCleanup(self.server.__exit__)
        self.server.add("ops/bake")
        self.server.add("ops/web/feature%2Fx", "branch")

    def get(self, path, token=Jenkins.TOKEN):
        request = urllib.request.Request(self.server.root + path)
        if token:
            pair = base64.b64encode(f"{Jenkins.USER}:{token}".encode()).decode()
            request.add_header("Authorization", f"Basic {pair}")
        try:
            with NO_REDIRECT.open(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def tree(self, path, tree, **more):
        status, body = self.get(f"{path}/api/json?tree={quote(tree, safe=',')}", **more)
        return json.loads(body) if status == 200 else status

    def test_builds_run_and_end(self):
        for at in (1764216000, 1764219600, 1764223200):
            number = self.server.start("ops/bake", at)
            if number < 3:
                self.server.finish("ops/bake", number, "ABORTED", 5)
        told = self.tree("/job/ops/job/bake", BUILDS)
        root = self.server.root + "/job/ops/job/bake/"
        run = "org.jenkinsci.plugins.workflow.job.WorkflowRun"
        self.assertEqual(told["builds"], [
            {"_class": run, "number": 3, "result": None, "building": True, "duration": 0, "url": root + "3/"},
            {"_class": run, "number": 2, "result": "ABORTED", "building": False, "duration": 5000, "url": root + "2/"}])
        self.assertEqual(self.tree("/job/ops/job/bake", "allBuilds[number]{1,2}")["allBuilds"],
                         [{"_class": run, "number": 2}])

    def test_names_of_branches_are_encoded_twice(self):
        self.server.start("ops/web/feature%2Fx", 1764216000)
        path = "/job/ops/job/web/job/"
        self.assertEqual(len(self.tree(path + "feature%252Fx", BUILDS)["builds"]), 1)
        self.assertEqual(self.tree(path + "feature%2Fx", BUILDS), 404)
        self.assertNotIn("builds", self.tree("/job/ops/job/web", BUILDS))

    def test_artifacts(self):
        number = self.server.start("ops/bake", 1764216000)
        self.server.finish("ops/bake", number, files={"out put/packer-manifest.json": b"{}"})
        told = self.tree("/job/ops/job/bake/1", "artifacts[fileName,relativePath]")
        self.assertEqual(told["artifacts"], [
            {"fileName": "packer-manifest.json", "relativePath": "out put/packer-manifest.json"}])
        self.assertEqual(self.get("/job/ops/job/bake/1/artifact/out%20put/packer-manifest.json"), (200, b"{}"))
        self.assertEqual(self.get("/job/ops/job/bake/1/artifact/packer-manifest.json")[0], 404)

    def test_who_may_read(self):
        self.assertEqual(self.tree("/me", "id")["id"], Jenkins.USER)
        self.assertEqual(self.tree("/me", "id", token="wrong"), 401)
        self.server.hidden.add("ops")
        self.assertEqual(self.tree("/job/ops/job/bake", BUILDS), 404)
        for how, status in (("refuses", 403), ("page", 200), ("redirects", 302), ("elsewhere", 302)):
            self.server.signs_in = how
            self.assertEqual(self.get("/me/api/json?tree=id", token=None)[0], status, how)
        self.server.signs_in = "open"
        self.assertEqual(self.tree("", "mode", token=None)["mode"], "NORMAL")

    def test_violations(self):
        self.server.answers.append(("/me/", Answer(b"", 503)))
        self.assertEqual(self.tree("/me", "id"), 503)
        self.assertEqual(self.server.violations, [])
        self.get("/api/json")
        self.get("/api/json?tree=jobs[name]")
        self.assertEqual(self.server.violations, ["all of it is asked for: /jenkins/api/json",
                                                  "not encoded: /jenkins/api/json?tree=jobs[name]"])


if __name__ == "__main__":
    unittest.main()
