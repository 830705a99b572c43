#include <cstdio>
#include <cstdlib>
#include <gmock/gmock.h>

#include "base/digest.h"
#include "evidence/bytes.h"
#include "evidence/directory_vault.h"
#include "evidence/errors.h"
#include "evidence/memory_file_system.h"
#include "evidence/object_index.h"

namespace mlc::evidence {
namespace {

using ports::kNoClass;

std::string hex_of(std::string_view content) { return to_hex(sha256(content)); }

// Lines of a few hundred bytes, different from each other.
std::string lines_of(std::size_t size) {
  std::string out;
  for (std::size_t i = 0; out.size() < size; ++i) {
    out += "28471003921\t2026-11-01\t" + std::to_string(i * 7919) + "\t" +
           std::string(i % 200, 'x') + "\tPrincipal\t12.34\r\n";
  }
  out.resize(size);
  return out;
}

std::unique_ptr<DirectoryVault> vault_on(FileSystem& files) {
  auto vault = DirectoryVault::open(files, "evidence");
  EXPECT_TRUE(vault);
  return std::move(*vault);
}

Result<ports::StoredObject> store(ports::EvidenceVault& vault, std::string_view content,
                                  std::size_t piece = 65536) {
  MLC_TRY(const auto writer, vault.begin());
  for (; !content.empty(); content.remove_prefix(std::min(piece, content.size()))) {
    MLC_TRY_STATUS(writer->write(content.substr(0, piece)));
  }
  return writer->finish();
}

Result<std::string> load(ports::EvidenceVault& vault, const ObjectId& id) {
  MLC_TRY(const auto reader, vault.open(id));
  std::string out;
  for (std::uint32_t i = 0; i < reader->object().frames; ++i) {
    MLC_TRY(const auto frame, reader->frame(i));
    out += frame;
  }
  return out;
}

// --- objects ---

TEST(ObjectTest, ContentOfEverySizeComesBackUnderItsHash) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kFrameContent - 1, kFrameContent,
                                 kFrameContent + 1, 2 * kFrameContent, 3 * kFrameContent + 17}) {
    const std::string content = lines_of(size);
    const auto stored = store(*vault, content);
    ASSERT_TRUE(stored) << stored.error().explain();
    EXPECT_EQ(stored->id.str(), hex_of(content));
    EXPECT_EQ(stored->size, size);
    const auto back = load(*vault, stored->id);
    ASSERT_TRUE(back) << back.error().explain();
    EXPECT_TRUE(*back == content) << size;
  }
  EXPECT_THAT(vault->verify(), testing::IsEmpty());
  EXPECT_EQ(vault->objects()->size(), 7U);
}

TEST(ObjectTest, FramesEndAfterALineEndWhereverTheWritesEnd) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const std::string content = lines_of(2 * kFrameContent + 5000);
  const auto stored = store(*vault, content);
  ASSERT_TRUE(stored);
  const auto path = "evidence/objects/" + stored->id.str();
  const std::string bytes = *files.content(path);
  ASSERT_TRUE(store(*vault, content, 333));
  EXPECT_TRUE(*files.content(path) == bytes);

  const auto reader = vault->open(stored->id);
  ASSERT_TRUE(reader);
  std::uint64_t offset = 0;
  std::uint64_t lines = 0;
  for (std::uint32_t i = 0; i < stored->frames; ++i) {
    EXPECT_EQ((*reader)->frame_offset(i), offset);
    EXPECT_EQ((*reader)->lines_before(i), lines);
    const auto frame = (*reader)->frame(i);
    ASSERT_TRUE(frame);
    EXPECT_LE(frame->size(), kFrameContent);
    if (i + 1 < stored->frames) {
      EXPECT_TRUE(frame->ends_with('\n'));
    }
    offset += frame->size();
    lines += static_cast<std::uint64_t>(std::ranges::count(*frame, '\n'));
  }
}

TEST(ObjectTest, LineLongerThanAFrameIsCutInside) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const std::string content = std::string(kFrameContent + 100, 'x') + "\nend\n";
  const auto stored = store(*vault, content);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->frames, 2U);
  EXPECT_TRUE(*load(*vault, stored->id) == content);
}

TEST(ObjectTest, DroppedWriterLeavesNothing) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  {
    const auto writer = vault->begin();
    ASSERT_TRUE((*writer)->write("half"));
  }
  EXPECT_THAT(*files.list("evidence/incoming"), testing::IsEmpty());
  EXPECT_THAT(*vault->objects(), testing::IsEmpty());
}

TEST(ObjectTest, UnknownIdAndPathsAreNotFound) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  for (const std::string& id : {hex_of("no"), std::string("../../etc/passwd"), std::string()}) {
    const auto reader = vault->open(ObjectId(id));
    ASSERT_FALSE(reader);
    EXPECT_TRUE(reader.error().is(kNotFound));
    EXPECT_FALSE(vault->open_lineage(ObjectId(id)));
  }
}

// Small, yet of two frames, so that every byte can be tried.
struct SmallObject {
  SmallObject() : vault(vault_on(files)) {
    content = std::string(kFrameContent, 'a') + "\n1\t2\t3\n";
    id = store(*vault, content)->id;
    bytes = files.content("evidence/objects/" + id.str());
    original = *bytes;
  }
  MemoryFileSystem files;
  std::unique_ptr<DirectoryVault> vault;
  std::string content;
  ObjectId id;
  std::string* bytes = nullptr;
  std::string original;
};

TEST(ObjectTest, CutAtEveryByteIsDamagedNeverOtherContent) {
  SmallObject object;
  for (std::size_t cut = 0; cut < object.original.size(); ++cut) {
    *object.bytes = object.original.substr(0, cut);
    const auto back = load(*object.vault, object.id);
    ASSERT_FALSE(back) << cut;
    EXPECT_TRUE(back.error().is(kDamaged)) << back.error().explain();
  }
}

TEST(ObjectTest, EveryFlippedByteIsDamagedNeverOtherContent) {
  SmallObject object;
  for (std::size_t i = 0; i < object.original.size(); ++i) {
    for (const int mask : {1, 0x80, 0xff}) {
      *object.bytes = object.original;
      (*object.bytes)[i] = static_cast<char>((*object.bytes)[i] ^ mask);
      const auto back = load(*object.vault, object.id);
      ASSERT_FALSE(back) << i;
      EXPECT_TRUE(back.error().is(kDamaged)) << back.error().explain();
      EXPECT_EQ(back.error().fact("object"), object.id.str());
    }
  }
}

TEST(ObjectTest, IntactObjectUnderAnotherNameIsFoundByVerify) {
  SmallObject object;
  const std::string other = hex_of("something else");
  ASSERT_TRUE(
      object.files.rename("evidence/objects/" + object.id.str(), "evidence/objects/" + other));
  const auto found = object.vault->verify();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].is(kDamaged));
  EXPECT_EQ(found[0].fact("object"), other);
}

TEST(ObjectTest, StoringAgainHealsADamagedObject) {
  SmallObject object;
  (*object.bytes)[10] ^= 1;
  EXPECT_EQ(object.vault->verify().size(), 1U);
  ASSERT_TRUE(store(*object.vault, object.content));
  EXPECT_THAT(object.vault->verify(), testing::IsEmpty());
}

TEST(VaultTest, ForeignFileIsNamed) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  ASSERT_TRUE(files.create("evidence/lineage/notes.txt"));
  const auto found = vault->verify();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].is(kForeignFile));
  EXPECT_EQ(found[0].fact("file"), "evidence/lineage/notes.txt");
}

// --- lineage ---

std::vector<ports::LineageClass> classes_of(const std::vector<ports::LineageFrame>& frames,
                                            ledger::ClassNumber count) {
  std::vector<ports::LineageClass> classes(count);
  for (ledger::ClassNumber i = 0; i < count; ++i) {
    classes[i].row_class = {"Order", "ItemPrice", "Principal " + std::to_string(i), "Amazon.com",
                            "AFN",   "",          ledger::Sign::kPositive,          "2026-01"};
    classes[i].rule = "sales";
    classes[i].document = "20612345671-01A";
    classes[i].item = i + 1;
    classes[i].sum = "12.34";
    for (const auto& frame : frames) {
      classes[i].rows += static_cast<std::uint64_t>(std::ranges::count(frame.classes, i));
    }
  }
  return classes;
}

constexpr auto kNoMark = ports::LineageMark::kNone;

Result<ObjectId> store_lineage(ports::EvidenceVault& vault,
                               const std::vector<ports::LineageFrame>& frames,
                               const std::vector<ports::LineageClass>& classes,
                               ports::LineageMark mark) {
  MLC_TRY(const auto writer, vault.begin_lineage());
  for (const auto& frame : frames) MLC_TRY_STATUS(writer->add(frame));
  return writer->finish(classes, mark);
}

const std::vector<ports::LineageFrame> kFrames = {
    {{kNoClass, 0, 1, 1, 0, 299}}, {{}}, {{1, 1, 1, kNoClass}}, {{200, 0}}};

TEST(LineageTest, NumbersClassesAndFramesComeBack) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const auto classes = classes_of(kFrames, 300);
  const auto id = store_lineage(*vault, kFrames, classes, kNoMark);
  ASSERT_TRUE(id) << id.error().explain();
  EXPECT_EQ(*store_lineage(*vault, kFrames, classes, kNoMark), *id);
  const auto reader = vault->open_lineage(*id);
  ASSERT_TRUE(reader) << reader.error().explain();
  EXPECT_EQ((*reader)->classes(), classes);
  ASSERT_EQ((*reader)->frames(), 4U);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ((*reader)->frame(i)->classes, kFrames[i].classes);
  }
  EXPECT_THAT((*reader)->frames_with(0), testing::ElementsAre(0, 3));
  EXPECT_THAT((*reader)->frames_with(1), testing::ElementsAre(0, 2));
  EXPECT_THAT((*reader)->frames_with(2), testing::IsEmpty());
  EXPECT_THAT((*reader)->frames_with(9999), testing::IsEmpty());
  EXPECT_THAT(vault->verify(), testing::IsEmpty());
}

TEST(LineageTest, TheMarkOfAnAdoptionComesBackAndGivesAnotherName) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const auto classes = classes_of(kFrames, 300);
  const auto plain = store_lineage(*vault, kFrames, classes, kNoMark);
  const auto marked = store_lineage(*vault, kFrames, classes, ports::LineageMark::kAdopted);
  ASSERT_TRUE(plain && marked);
  EXPECT_NE(*plain, *marked);
  EXPECT_EQ((*vault->open_lineage(*plain))->mark(), kNoMark);
  EXPECT_EQ((*vault->open_lineage(*marked))->mark(), ports::LineageMark::kAdopted);
  EXPECT_EQ((*vault->open_lineage(*marked))->classes(), classes);
}

TEST(LineageTest, RowsThatDoNotAddUpAreRefused) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  auto classes = classes_of(kFrames, 300);
  classes[1].rows = 4;
  const auto wrong = store_lineage(*vault, kFrames, classes, kNoMark);
  ASSERT_FALSE(wrong);
  EXPECT_TRUE(wrong.error().is(kLineageDiffers));
  EXPECT_EQ(wrong.error().fact("found"), "5");
  EXPECT_FALSE(store_lineage(*vault, kFrames, classes_of(kFrames, 10), kNoMark));
}

TEST(LineageTest, EveryCutAndEveryFlippedByteIsDamaged) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const auto id = store_lineage(*vault, {{{0, 1, kNoClass}}}, classes_of({{{0, 1}}}, 2), kNoMark);
  ASSERT_TRUE(id);
  std::string* bytes = files.content("evidence/lineage/" + id->str());
  const std::string original = *bytes;
  for (std::size_t i = 0; i < original.size(); ++i) {
    *bytes = original.substr(0, i);
    const auto cut = vault->open_lineage(*id);
    ASSERT_FALSE(cut);
    EXPECT_TRUE(cut.error().is(kDamaged));
    *bytes = original;
    (*bytes)[i] = static_cast<char>((*bytes)[i] ^ 4);
    const auto flipped = vault->open_lineage(*id);
    ASSERT_FALSE(flipped);
    EXPECT_TRUE(flipped.error().is(kDamaged));
  }
}

// The hash guards the bytes; the reader must also stand what hashes right and is no lineage file.
TEST(LineageTest, OtherBytesUnderTheirOwnHashAreRefused) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const auto classes = classes_of(kFrames, 300);
  const auto id = store_lineage(*vault, kFrames, classes, kNoMark);
  const std::string original = *files.content("evidence/lineage/" + id->str());
  for (std::size_t i = 0; i < original.size(); ++i) {
    std::string bytes = original;
    bytes[i] = static_cast<char>(bytes[i] ^ 1);
    for (const std::string& content : {bytes, original.substr(0, i)}) {
      const std::string path = "evidence/lineage/" + hex_of(content);
      ASSERT_TRUE((*files.create(path))->write(content));
      const auto reader = vault->open_lineage(ObjectId(hex_of(content)));
      if (!reader) {
        EXPECT_TRUE(reader.error().is(kDamaged));
        continue;
      }
      // Some bits of a zstd frame mean nothing: then it is the same lineage.
      EXPECT_EQ((*reader)->classes(), classes);
      for (std::uint32_t f = 0; f < (*reader)->frames(); ++f) {
        const auto frame = (*reader)->frame(f);
        if (frame) {
          EXPECT_EQ(frame->classes, kFrames[f].classes) << i;
        }
      }
    }
  }
}

// Orders repeat a few patterns of classes with now and then another row between.
TEST(LineageTest, TwoMillionRowsCostAboutHalfAMegabyte) {
  const std::vector<std::vector<ledger::ClassNumber>> patterns = {
      {0, 1, 2, 3, 4}, {0, 2, 4}, {0, 1, 2, 3, 4, 5, 6}, {7, 8, 9}, {0, 1, 10, 2, 11, 3, 4}};
  std::uint64_t chance = 88172645463325252ULL;
  std::vector<ports::LineageFrame> frames(400);
  for (auto& frame : frames) {
    while (frame.classes.size() < 5000) {
      chance ^= chance << 13U;
      chance ^= chance >> 7U;
      chance ^= chance << 17U;
      const auto& pattern = patterns[chance % 100 < 70 ? 0 : chance % 5];
      frame.classes.insert(frame.classes.end(), pattern.begin(), pattern.end());
      if (chance % 997 < 10)
        frame.classes.push_back(static_cast<ledger::ClassNumber>(12 + chance % 30));
    }
  }
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const auto id = store_lineage(*vault, frames, classes_of(frames, 42), kNoMark);
  ASSERT_TRUE(id);
  const std::size_t size = files.content("evidence/lineage/" + id->str())->size();
  RecordProperty("bytes", static_cast<int>(size));
  EXPECT_LT(size, 600'000U);
}

// The vectors of docs/formats/evidence.md and lineage.md, read as an older program left them.
TEST(VectorsTest, DocumentedFilesAreRead) {
  const std::string object = *from_hex(
      "28b52ffd24084100006109620a3109320aa6be47775e2a4d18580000001500000008000000020000002c590932"
      "26ef37ddad20d3d57d04b3c520c9c823d57bb2a7b4b67bb2140ecc36010000004742ad8ab57d35abca25799d37"
      "8ab285022966bdf24b672c8cbd6a20f234b5734d4c434556494431");
  const std::string lineage = *from_hex(
      "28b52ffd24021100000001d67c5ba828b52ffd2459c90200010f020201054f72646572094974656d5072696365"
      "095072696e636970616c0a416d617a6f6e2e636f6d0341464e0007323032362d30310573616c65730f32303631"
      "323334353637312d303141063538322e3839020101010068a6fe0566000000590000004d4c434c494e4531");
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const ObjectId id(hex_of("a\tb\n1\t2\n"));
  ASSERT_TRUE((*files.create("evidence/objects/" + id.str()))->write(object));
  ASSERT_TRUE((*files.create("evidence/lineage/" + hex_of(lineage)))->write(lineage));
  EXPECT_EQ(*load(*vault, id), "a\tb\n1\t2\n");
  const auto reader = vault->open_lineage(ObjectId(hex_of(lineage)));
  ASSERT_TRUE(reader) << reader.error().explain();
  ASSERT_EQ((*reader)->classes().size(), 1U);
  EXPECT_EQ((*reader)->classes()[0].document, "20612345671-01A");
  EXPECT_EQ((*reader)->classes()[0].sum, "582.89");
  EXPECT_THAT((*reader)->frame(0)->classes, testing::ElementsAre(kNoClass, 0));
  EXPECT_THAT(vault->verify(), testing::IsEmpty());
}

// --- disk faults ---

// Runs `work` with every change failing in turn until it succeeds; returns how many failed.
template <class Work, class Check>
int fail_each_change(const ErrorKind& kind, bool dead, Work work, Check check) {
  for (int n = 1;; ++n) {
    MemoryFileSystem files;
    const auto vault = vault_on(files);
    files.fail_at(static_cast<std::uint64_t>(n), kind, dead);
    const Status status = work(*vault);
    const bool done = status.has_value() && files.changes() < static_cast<std::uint64_t>(n);
    files.heal();
    check(files, *vault, status);
    if (done || n > 1000) return n - 1;
  }
}

TEST(DiskFaultTest, FullAtEveryChangeIsNamedAndLeavesNothingHalf) {
  const std::string content = lines_of(3 * kFrameContent);
  const int failed = fail_each_change(
      kDiskFull, false,
      [&](DirectoryVault& vault) -> Status {
        MLC_TRY_STATUS(store(vault, content));
        return {};
      },
      [&](MemoryFileSystem& files, DirectoryVault& vault, const Status& status) {
        if (!status) {
          EXPECT_TRUE(status.error().is(kDiskFull)) << status.error().explain();
          EXPECT_THAT(*files.list("evidence/incoming"), testing::IsEmpty());
        }
        EXPECT_THAT(vault.verify(), testing::IsEmpty());
        const auto again = store(vault, content);
        ASSERT_TRUE(again);
        EXPECT_TRUE(*load(vault, again->id) == content);
      });
  EXPECT_GE(failed, 8);  // create, four frames, index, sync, rename, folder
}

TEST(DiskFaultTest, FullAtEveryChangeOfALineageIsNamed) {
  const auto classes = classes_of(kFrames, 300);
  const int failed = fail_each_change(
      kDiskFull, false,
      [&](DirectoryVault& vault) -> Status {
        MLC_TRY_STATUS(store_lineage(vault, kFrames, classes, kNoMark));
        return {};
      },
      [&](MemoryFileSystem&, DirectoryVault& vault, const Status& status) {
        if (!status) {
          EXPECT_TRUE(status.error().is(kDiskFull));
        }
        EXPECT_THAT(vault.verify(), testing::IsEmpty());
        EXPECT_TRUE(store_lineage(vault, kFrames, classes, kNoMark));
      });
  EXPECT_EQ(failed, 10);  // create, four frames, footer, tail, sync, rename, folder
}

TEST(DiskFaultTest, PowerLossAtEveryChangeKeepsWhatWasPromisedAndNothingHalf) {
  const std::string first = lines_of(5000);
  const std::string second = lines_of(2 * kFrameContent);
  std::optional<ObjectId> promised;
  const int failed = fail_each_change(
      kUnreadable, true,
      [&](DirectoryVault& vault) -> Status {
        promised.reset();
        MLC_TRY(const auto stored, store(vault, first));
        promised = stored.id;
        MLC_TRY_STATUS(store(vault, second));
        return {};
      },
      [&](MemoryFileSystem& files, DirectoryVault& vault, const Status& status) {
        files.crash();
        EXPECT_THAT(vault.verify(), testing::IsEmpty());
        if (promised) {
          EXPECT_TRUE(load(vault, *promised).has_value());
        }
        if (status) {
          EXPECT_TRUE(load(vault, ObjectId(hex_of(second))).has_value());
        }
        EXPECT_TRUE(vault.remove_leftovers());
        EXPECT_THAT(*files.list("evidence/incoming"), testing::IsEmpty());
        EXPECT_TRUE(store(vault, second));
      });
  EXPECT_GE(failed, 12);
}

TEST(DiskFaultTest, RenameWithoutFolderSyncMayBeLostButIsNeverPromised) {
  MemoryFileSystem files;
  const auto vault = vault_on(files);
  const std::string content = "a\nb\n";
  // create, frame, index, sync, rename, then the folder's sync fails.
  files.fail_at(6, kUnreadable, true);
  EXPECT_FALSE(store(*vault, content));
  EXPECT_TRUE(vault->open(ObjectId(hex_of(content))));
  files.crash();
  const auto gone = vault->open(ObjectId(hex_of(content)));
  ASSERT_FALSE(gone);
  EXPECT_TRUE(gone.error().is(kNotFound));
}

// --- the machine's own file system ---

class RealVaultTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "mlc-evidence-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    auto vault = DirectoryVault::open(real_file_system(), folder_ / "a" / "evidence");
    ASSERT_TRUE(vault) << vault.error().explain();
    vault_ = std::move(*vault);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
  std::unique_ptr<DirectoryVault> vault_;
};

TEST_F(RealVaultTest, StoresAndReads) {
  const std::string content = lines_of(3 * kFrameContent);
  const auto stored = store(*vault_, content);
  ASSERT_TRUE(stored) << stored.error().explain();
  EXPECT_TRUE(*load(*vault_, stored->id) == content);
  ASSERT_TRUE(store_lineage(*vault_, kFrames, classes_of(kFrames, 300), kNoMark));
  EXPECT_THAT(vault_->verify(), testing::IsEmpty());
  EXPECT_EQ(vault_->objects()->size(), 1U);
  EXPECT_EQ(vault_->lineages()->size(), 1U);
  EXPECT_TRUE(std::filesystem::is_empty(folder_ / "a" / "evidence" / "incoming"));
}

// NOLINTBEGIN(concurrency-mt-unsafe): the test has one thread.
TEST_F(RealVaultTest, ZstdToolGivesTheContentBack) {
  if (std::system("command -v zstd >/dev/null && command -v sha256sum >/dev/null") != 0) {
    GTEST_SKIP() << "zstd or sha256sum is not installed";
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{77}, 2 * kFrameContent + 3}) {
    const auto stored = store(*vault_, lines_of(size));
    ASSERT_TRUE(stored);
    const std::string command = "cd " + (folder_ / "a/evidence/objects").string() +
                                " && test $(zstd -dc < " + stored->id.str() +
                                " | sha256sum | cut -c1-64) = " + stored->id.str();
    EXPECT_EQ(std::system(command.c_str()), 0) << size;
  }
}
// NOLINTEND(concurrency-mt-unsafe)

TEST_F(RealVaultTest, FolderThatIsAFileIsNamed) {
  const auto vault = DirectoryVault::open(real_file_system(), "/dev/null/evidence");
  ASSERT_FALSE(vault);
  EXPECT_TRUE(vault.error().is(kUnreadable)) << vault.error().explain();
}

// --- numbers ---

TEST(ByteCursorTest, VarintsHaveOneSpelling) {
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, UINT64_MAX}) {
    std::string text;
    put_varint(text, number);
    ByteCursor cursor(text);
    EXPECT_EQ(cursor.varint(), number);
    EXPECT_TRUE(cursor.at_end());
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      ByteCursor half(std::string_view(text).substr(0, cut));
      EXPECT_EQ(half.varint(), 0U);
      EXPECT_FALSE(half.ok());
    }
  }
  for (const std::string& wrong :
       {std::string("\x80\x00", 2), std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02")}) {
    ByteCursor cursor(wrong);
    EXPECT_EQ(cursor.varint(), 0U);
    EXPECT_FALSE(cursor.ok());
  }
}

}  // namespace
}  // namespace mlc::evidence
