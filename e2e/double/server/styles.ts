/** As much of a look as clicks and paints need: what is covered in the product is covered here. */
export const styles = `
body{margin:0;font:14px/1.5 system-ui;color:#1c2430;background:#fff}
.shell{display:flex;min-height:100vh}
aside{width:220px;padding:12px;background:#f3f5f8;display:flex;flex-direction:column;gap:4px}
aside button{text-align:left;border:0;background:none;padding:6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
main{flex:1;min-width:0}
main main{padding:24px;max-width:960px}
header{display:flex;justify-content:space-between;padding:12px 24px;border-bottom:1px solid #d8dee6;position:relative}
[role=menu]{position:absolute;right:24px;top:44px;background:#fff;border:1px solid #d8dee6;z-index:5}
[role=menuitem]{padding:6px 12px;cursor:pointer}
h1{font-size:24px;margin:0}.row{display:flex;justify-content:space-between;align-items:center;gap:12px}
.quiet{color:#5b6675}
button{font:inherit;padding:6px 12px;border:1px solid #c3ccd8;border-radius:6px;background:#fff;cursor:pointer}
button[disabled]{opacity:.5;cursor:default}
button[data-variant=default],button[data-variant=secondary],[role=tab][aria-selected=true],[role=radio][aria-checked=true]{background:#dbe7ff}
[data-slot=card]{border:1px solid #d8dee6;border-radius:8px;padding:12px;margin:8px 0;position:relative}
[data-page=dashboard] [data-slot=card]{cursor:pointer}
[data-slot=badge]{display:inline-block;border:1px solid #c3ccd8;border-radius:10px;padding:0 8px;margin-left:6px}
input,textarea{font:inherit;padding:6px;display:block;width:100%;box-sizing:border-box;margin:4px 0}
input[type=file]{display:none}
.choice{position:relative;display:inline-block;border:1px solid #d8dee6;border-radius:8px;padding:10px 14px;margin:4px}
.sr-only{position:absolute;width:1px;height:1px;padding:0;margin:-1px;overflow:hidden;clip-path:inset(50%);border:0}
.cover{position:absolute;inset:0}
.dropzone{border:1px dashed #8b98a9;border-radius:8px;padding:16px;margin:8px 0;cursor:pointer}
.spinner{width:24px;height:24px;border:3px solid #c3ccd8;border-top-color:#2b5fd9;border-radius:50%;margin:24px auto}
[role=dialog]{position:fixed;left:50%;top:20%;transform:translateX(-50%);width:420px;background:#fff;border:1px solid #8b98a9;padding:16px;z-index:10}
[data-part=toasts]{position:fixed;right:16px;bottom:16px;list-style:none;margin:0;padding:0;z-index:20;pointer-events:none}
[data-sonner-toast]{background:#fff;border:1px solid #8b98a9;border-radius:8px;padding:10px 14px;margin-top:8px;min-width:240px}
[data-type=error],.wrong{color:#a4161a}
[hidden]{display:none!important}`;
