import { slowStage } from './dist/src/experiment/cassandra-slow-stage.js';
const [n,who,how,x]=process.argv.slice(2);
const t=Date.now();
console.log(n,who,how,x, JSON.stringify(slowStage({n:+n,who,how,extraS:+x,warmS:200,slowS:300,seed:'a',options:{version:'4.1',shortRun:true,stage:{}}})), Date.now()-t);
