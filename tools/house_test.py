"""The checks of the house accept what they should and refuse what they should."""

import contextlib
import importlib.machinery
import importlib.util
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))


def load(name):
    loader = importlib.machinery.SourceFileLoader(name, str(TOOLS / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


check_layers = load("check_layers")
check_lengths = load("check_lengths")
check_text = load("check_text")
count_tests = load("count_tests")

LAYERS = """
base | - | - | Words.
low | - | high | Below.
high | low | - | Above.
simulators | - | * | Play.
"""


class TreeCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("tools/layers.txt", LAYERS)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def assert_one_refusal(self, refusals, *words):
        self.assertEqual(len(refusals), 1, refusals)
        for word in words:
            self.assertIn(word, refusals[0])


class LayersTest(TreeCase):
    def refusals(self):
        return check_layers.check(self.root)[0]

    def test_allowed_edges_pass(self):
        includes = ('"base/x.h"', '"low/x.h"', "<curl/c.h>")
        self.write("src/high/a.cc", "".join(f"#include {name}\n" for name in includes))
        self.write("src/low/a_test.cc", '#include "high/x.h"\n#include "simulators/x.h"\n')
        self.write("src/high/CMakeLists.txt", "mlc_module(NAME high SOURCES a.cc USES low)\n")
        self.assertEqual(self.refusals(), [])

    def test_edge_upwards_is_refused(self):
        self.write("src/low/a.cc", '\n#include "high/x.h"\n')
        self.assert_one_refusal(self.refusals(), "src/low/a.cc:2", "low must not use high")

    def test_link_upwards_is_refused(self):
        self.write("src/low/CMakeLists.txt", "mlc_module(NAME low USES base high LINKS x)\n")
        self.assert_one_refusal(self.refusals(), "low must not link high")

    def test_simulators_outside_tests_are_refused(self):
        self.write("src/high/a.cc", '#include "simulators/x.h"\n')
        self.assert_one_refusal(self.refusals(), "high must not use simulators")

    def test_heavy_header_is_refused_in_headers_only(self):
        self.write("src/high/a.h", "#include <nlohmann/json.hpp>\n")
        self.write("src/high/a.cc", "#include <nlohmann/json.hpp>\n")
        self.assert_one_refusal(self.refusals(), "src/high/a.h:1", "heavy")

    def test_unlisted_module_is_refused(self):
        self.write("src/new/a.cc", "int x;\n")
        self.assert_one_refusal(self.refusals(), "module new is not in tools/layers.txt")

    def test_include_that_is_not_named_from_src_is_refused(self):
        self.write("src/high/a.cc", '#include "b.h"\n')
        self.assert_one_refusal(self.refusals(), "belongs to no module")

    def test_circle_that_the_table_allows_is_refused(self):
        self.write("tools/layers.txt", LAYERS.replace("low | -", "low | high"))
        self.write("src/low/a.cc", '#include "high/x.h"\n')
        self.write("src/high/a.cc", '#include "low/x.h"\n')
        self.assert_one_refusal(self.refusals(), "circle", "high -> low -> high")

    def test_table_with_an_unknown_name_is_refused(self):
        self.write("tools/layers.txt", LAYERS + "odd | nowhere | - | Odd.\n")
        self.assert_one_refusal(self.refusals(), "odd uses nowhere")


def function_text(lines):
    return "int f(int a) {\n" + "  ++a;\n" * (lines - 2) + "}\n"


class LengthsTest(TreeCase):
    def refusals(self):
        return check_lengths.check(self.root)[0]

    def names(self, text):
        return [(name, length) for name, _, length in check_lengths.functions(text)]

    def test_function_of_70_lines_passes_and_71_is_refused(self):
        self.write("src/low/a.cc", function_text(70))
        self.assertEqual(self.refusals(), [])
        self.write("src/low/a.cc", "\n" + function_text(71))
        self.assert_one_refusal(self.refusals(), "src/low/a.cc:2", "f has 71 lines")

    def test_files_above_their_limit_are_refused(self):
        self.write("src/low/a.cc", "//\n" * 600)
        self.write("src/low/a_test.cc", "//\n" * 800)
        self.write("src/low/a.h", "//\n" * 400)
        self.assertEqual(self.refusals(), [])
        for name, lines in (("a.cc", 601), ("a_test.cc", 801), ("a.h", 401)):
            self.write(f"src/low/{name}", "//\n" * lines)
        self.assertEqual(len(self.refusals()), 3)

    def test_long_line_is_refused(self):
        self.write("src/low/a.h", "//" + "x" * 99 + "\n")
        self.assert_one_refusal(self.refusals(), "src/low/a.h:1", "101 columns")

    def test_ratchet_lets_through_what_it_names_and_only_shrinks(self):
        self.write("src/low/a.cc", function_text(80))
        self.write("tools/length_ratchet.txt", "src/low/a.cc | f | 80\n")
        self.assertEqual(self.refusals(), [])
        self.write("tools/length_ratchet.txt", "src/low/a.cc | f | 79\n")
        self.assert_one_refusal(self.refusals(), "f has 80 lines")
        self.write("tools/length_ratchet.txt", "src/low/a.cc | f | 81\n")
        self.assert_one_refusal(self.refusals(), "write 80")
        self.write("src/low/a.cc", function_text(10))
        self.assert_one_refusal(self.refusals(), "remove the line")

    def test_finds_functions_in_every_dress(self):
        text = """
namespace a {
template <class T>
class B : public C<T> {
 public:
  B(int x) : x_{x}, y_(1) {
  }
  int get() const noexcept override { return x_; }
  struct In { int z() { return 1; } };
 private:
  int x_{0};
};
enum class E { kA };
const T kTable[] = {{"a(", 1}, {"b", 2}};
auto g() -> Result<int> {
  const auto lambda = [](int i) {
    return i;
  };
  if (x) {
  }
  return lambda('{');
}
void h(std::vector<int> v = {});
}
"""
        self.assertEqual(self.names(text), [("B", 2), ("get", 1), ("z", 1), ("g", 8)])

    def test_braces_in_texts_and_comments_do_not_count(self):
        text = 'void f() {\n  // }\n  x("}");\n  y(R"(\n}}})");\n  n = 1\'000;\n}\nvoid g() {}\n'
        self.assertEqual(self.names(text), [("f", 7), ("g", 1)])


class TextTest(TreeCase):
    def test_paths_of_a_machine_are_refused(self):
        for path in ("/" + "root/x", "/" + "home/somebody", "cd /" + "work"):
            self.write("docs/a.md", f"see {path}\n")
            self.assert_one_refusal(check_text.check(self.root)[0], "docs/a.md:1")

    def test_relative_paths_and_addresses_pass(self):
        self.write("docs/a.md", "../shared/work/x, src/flow/work.h, example.com/home/a\n")
        self.assertEqual(check_text.check(self.root)[0], [])

    def test_open_work_and_blanks_are_refused_in_our_files(self):
        self.write("src/low/a.h", "// TO" + "DO later\n")
        self.write("src/low/b.h", "int x; \n")
        self.write("tests/data/c.txt", "a \t\n")
        self.assertEqual(len(check_text.check(self.root)[0]), 2)


CASES = """<testsuites><testsuite>
<testcase name="A" classname="S" status="run" result="completed"/>
<testcase name="B" classname="S" status="run" result="skipped"><skipped/></testcase>
<testcase name="C" classname="S" status="notrun" result="suppressed"/>
{more}</testsuite></testsuites>"""
BROKEN = '<testcase name="D" classname="S" status="run" result="completed"><failure/></testcase>'


class CountTest(TreeCase):
    def count(self, status, more=None):
        test = f'<testsuite><testcase name="t" status="{status}"/></testsuite>'
        self.write("tests.xml", test)
        if more is not None:
            self.write("cases/t.xml", CASES.format(more=more))
        count = count_tests.count_tests(self.root)
        return count.passed, len(count.failed), len(count.skipped)

    def test_cases_of_a_program_are_counted_one_by_one(self):
        self.assertEqual(self.count("run", ""), (1, 0, 1))
        self.assertEqual(self.count("fail", BROKEN), (1, 1, 1))

    def test_a_program_that_fails_after_its_cases_counts_as_failed(self):
        self.assertEqual(self.count("fail", ""), (1, 1, 1))

    def test_a_test_without_cases_counts_as_one(self):
        self.assertEqual(self.count("run"), (1, 0, 0))
        self.assertEqual(self.count("fail"), (0, 1, 0))
        self.assertEqual(self.count("notrun"), (0, 1, 0))

    def test_a_cut_case_file_counts_as_failed(self):
        self.write("cases/t.xml", "<testsuites><tes")
        self.assertEqual(self.count("fail"), (0, 1, 0))

    def test_nothing_passed_is_not_a_success(self):
        self.write("tests.xml", "<testsuite/>")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            sys.argv = ["count_tests", str(self.root)]
            code = count_tests.main()
        self.assertEqual((code, said.getvalue()), (1, "0 passed, 0 failed\n"))


if __name__ == "__main__":
    unittest.main()
