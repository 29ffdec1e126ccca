/**
 * Holds manifests against the types of Kubernetes' objects, as TypeScript holds a literal: a field that there is not, one
 * that is missing, and a value of another type are errors.
 * @module
 */
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Kind, Manifest } from './manifests.ts'

const modules: Readonly<Record<Kind, string>> = {
  ConfigMap: 'kubernetes-types/core/v1',
  Deployment: 'kubernetes-types/apps/v1',
  HorizontalPodAutoscaler: 'kubernetes-types/autoscaling/v2',
  Ingress: 'kubernetes-types/networking/v1',
  Job: 'kubernetes-types/batch/v1',
  Namespace: 'kubernetes-types/core/v1',
  NetworkPolicy: 'kubernetes-types/networking/v1',
  PodDisruptionBudget: 'kubernetes-types/policy/v1',
  PodMonitor: './custom-resources.ts',
  ScaledObject: './custom-resources.ts',
  Secret: 'kubernetes-types/core/v1',
  Service: 'kubernetes-types/core/v1',
}

/** Resolved from here, and never written. */
const fileName = fileURLToPath(new URL('manifests-as-literals.ts', import.meta.url))

/** What is wrong with the objects, a line for each; none where all are what they say that they are. */
export function typeErrors(objects: readonly Manifest[]): string[] {
  const lines = objects.map((object, index) => {
    const type = modules[object.kind] as string | undefined // the file may say anything
    if (type === undefined) return `export const object${index}: never = ${JSON.stringify(object.kind)}`
    return `export const object${index}: import('${type}').${object.kind} = ${JSON.stringify(object)}`
  })
  const text = lines.join('\n')
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const readSource = host.getSourceFile.bind(host)
  host.getSourceFile = (name, ...rest) =>
    name === fileName ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : readSource(name, ...rest)
  const exists = host.fileExists.bind(host)
  host.fileExists = (name) => name === fileName || exists(name)
  const program = ts.createProgram([fileName], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const index = file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line
    const { kind, metadata } = objects[index] ?? {}
    return `${kind} ${metadata?.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}
