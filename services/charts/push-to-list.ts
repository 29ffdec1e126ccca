/** Puts a value at the end of the list of a key, which begins with it where there is none. */
export function pushToList<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
