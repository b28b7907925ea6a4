"""goconclint as an action of Bazel: one run for each Go package.

goconclint speaks the protocol of go vet's tools: it reads a description of
one package, the sources of that package and what earlier runs have written
about the packages that it imports, and writes findings, and what importers
need to know: types and facts. So each action has exactly these inputs, no
package is analysed twice, and a remote cache shares all of it.

No compiler is needed, and nothing but the declared inputs is read.
"""

GoPackageInfo = provider(
    "What importers need of an analysed package.",
    fields = {
        "importpath": "the path of the package",
        "vetx": "the file with its types and facts",
    },
)

def _go_package_impl(ctx):
    vetx = ctx.actions.declare_file(ctx.label.name + ".vetx")
    findings = [] if ctx.attr.facts_only else [ctx.actions.declare_file(ctx.label.name + ".findings.json")]
    unit = ctx.actions.declare_file(ctx.label.name + ".cfg")
    deps = [dep[GoPackageInfo] for dep in ctx.attr.deps]

    ctx.actions.write(unit, json.encode({
        "ID": ctx.attr.importpath,
        "ImportPath": ctx.attr.importpath,
        "GoVersion": ctx.attr.go_version,
        "GoFiles": [f.path for f in ctx.files.srcs],
        "ModulePath": ctx.attr.module,
        "ImportMap": dict(
            [(dep.importpath, dep.importpath) for dep in deps] +
            ctx.attr.import_map.items() + [("unsafe", "unsafe")],
        ),
        "PackageVetx": {dep.importpath: dep.vetx.path for dep in deps},
        "VetxOnly": ctx.attr.facts_only,
        "VetxOutput": vetx.path,
        "Stdout": findings[0].path if findings else "",
    }))
    ctx.actions.run(
        executable = ctx.executable._goconclint,
        # The flags that choose checks go in front: they are part of the key.
        arguments = ["-json"] + ctx.attr.flags + [unit.path],
        inputs = ctx.files.srcs + [unit] + [dep.vetx for dep in deps],
        outputs = [vetx] + findings,
        mnemonic = "Goconclint",
        progress_message = "Analysing " + ctx.attr.importpath,
    )
    return [
        DefaultInfo(files = depset(findings or [vetx])),
        GoPackageInfo(importpath = ctx.attr.importpath, vetx = vetx),
    ]

go_package = rule(
    implementation = _go_package_impl,
    attrs = {
        "srcs": attr.label_list(allow_files = [".go"], doc = "the files that are built"),
        "deps": attr.label_list(providers = [GoPackageInfo], doc = "what they import"),
        "importpath": attr.string(mandatory = True),
        "import_map": attr.string_dict(doc = "vendored imports: as written, to the path of the package"),
        "module": attr.string(doc = "the path of the module; empty for the standard library"),
        "go_version": attr.string(mandatory = True, doc = "that of go.mod, as go1.26"),
        "facts_only": attr.bool(doc = "a dependency: only types and facts are wanted"),
        "flags": attr.string_list(doc = "flags of goconclint, as -group=locks"),
        "_goconclint": attr.label(
            default = "//tools:goconclint",
            executable = True,
            allow_single_file = True,
            cfg = "exec",
        ),
    },
)
